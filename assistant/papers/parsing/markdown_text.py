"""The characters that a stretch of Markdown shows."""

import re

_ESCAPED = re.compile(r"\\([*_\[\]<>|~`#.+=()!\\-])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_BARE_ADDRESS = re.compile(r"<(https?://[^<>\s]*)>")
_ADDRESS = re.compile(r"https?://\S+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])(\*|_)(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`+([^`]+)`+")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
# Where escaped characters wait, out of reach of the rest.
_PRIVATE = 0xE000


def plain_text(markdown: str) -> str:
    """Return a paragraph as it is shown: without emphasis, links and backslashes.

    LaTeX is left as it is, but for the few escapes that are Markdown's as well.
    """
    text = _ESCAPED.sub(lambda escaped: chr(_PRIVATE + ord(escaped.group(1))), markdown)
    text = _FOOTNOTE.sub("", text)
    text = _BARE_ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
    text = _CODE.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return re.sub("[\ue000-\ue07f]", _kept, text)


def _kept(escaped: re.Match[str]) -> str:
    character = chr(ord(escaped.group()) - _PRIVATE)
    # A backslash that is shown must not become one of LaTeX's.
    return r"\textbackslash{}" if character == "\\" else character


def without_links(markdown: str) -> str:
    """Return a paragraph without its links and addresses, whatever they show."""
    return _ADDRESS.sub("", _BARE_ADDRESS.sub("", _LINK.sub("", markdown)))
