"""Clean the text of a field: strip markup, LaTeX and control characters."""

import html
import re

from assistant.papers.parsing.latex import without_latex

# Tags of HTML and of JATS, the XML that publishers deposit. Other angle brackets may be plain text:
# "p <alpha> q".
_TAG = re.compile(
    r"</?(?:jats:)?(?:p|i|b|u|em|strong|sub|sup|sc|italic|bold|title|sec|span|div|br|a|ul|li|h[1-6]"
    r"|inline-formula|tex-math)\b[^<>]*>",
    re.IGNORECASE,
)
_ABSTRACT_TITLE = re.compile(
    r"<((?:jats:)?title|h[1-6]|strong|b)>\s*abstract\s*</\1>", re.IGNORECASE
)
# "10<sup>-8</sup>" would be another number without its tags.
_POWER = re.compile(r"(?<=10)<(?:jats:)?sup>\s*([-+−–]?\d{1,3})\s*</(?:jats:)?sup>", re.IGNORECASE)
_BREAKING_TAG = re.compile(r"<(?:/?(?:jats:)?(?:p|title|sec|div|br|li|h[1-6]))\b", re.IGNORECASE)
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Control characters and the zero-width space and byte order mark, which are invisible.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u200b\ufeff]")
# Not after a backslash: LaTeX writes a literal ampersand as "\&".
_REFERENCE = re.compile(r"(?<!\\)&(?:#?[0-9a-zA-Z]{1,31};|#x[0-9a-fA-F]{1,8};)")


def clean_text(text: str) -> str:
    """Return a text on one line, without HTML, JATS and LaTeX markup."""
    return one_line(without_latex(without_tags(text)))


def without_tags(text: str) -> str:
    """Return a text without the tags and character references of HTML and JATS."""
    if "<" in text:
        text = _POWER.sub(r"^\1", text)
        text = _TAG.sub("", _BREAKING_TAG.sub(r" \g<0>", _ABSTRACT_TITLE.sub("", text)))
    return _REFERENCE.sub(_unescape, text) if "&" in text else text


def _unescape(reference: re.Match[str]) -> str:
    return html.unescape(reference.group())


def one_line(text: str) -> str:
    """Collapse whitespace to single spaces, drop control characters and replace lone surrogates."""
    text = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub("", text))
    return " ".join(text.split())
