"""Converting inline Markdown to plain text."""

import re

_ESCAPED = re.compile(r"\\([*_\[\]<>|~`#.+=()!\\-])")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:<[^<>]*>|[^()\s]*)(?:\s+\"[^\"]*\")?\)")
_BARE_ADDRESS = re.compile(r"<(https?://[^<>\s]*)>")
_ADDRESS = re.compile(r"https?://\S+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])(\*|_)(?=[^\s*_])([^*_]+?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`+([^`]+)`+")
_FOOTNOTE = re.compile(r"\[\^[^\]]*\]")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*[|/])?([^\[\]|/]*)\]\]")
# Escaped characters are mapped to the private use area, so that the other rules do not touch them.
_PRIVATE_USE = 0xE000


def plain_text(markdown: str) -> str:
    """Return the text of a paragraph, without emphasis, link targets and backslash escapes.

    LaTeX is left unchanged, except for escapes that Markdown has too.
    """
    text = _ESCAPED.sub(lambda escaped: chr(_PRIVATE_USE + ord(escaped.group(1))), markdown)
    text = _FOOTNOTE.sub("", text)
    text = _BARE_ADDRESS.sub(r"\1", _LINK.sub(r"\1", text))
    text = _CODE.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    return re.sub("[\ue000-\ue07f]", _unescape, text)


def _unescape(escaped: re.Match[str]) -> str:
    character = chr(ord(escaped.group()) - _PRIVATE_USE)
    # A literal backslash must not be taken for LaTeX later.
    return r"\textbackslash{}" if character == "\\" else character


def without_links(markdown: str) -> str:
    """Return a paragraph without its links, link texts and bare addresses."""
    return _ADDRESS.sub("", _BARE_ADDRESS.sub("", _LINK.sub("", markdown)))


def without_wiki_links(text: str) -> str:
    """Replace links between notes, such as ``[[People/Ada Frost]]``, by their names."""
    return _WIKI_LINK.sub(r"\1", text)
