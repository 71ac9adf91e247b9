"""Cleaning the text of a field: stripping markup, LaTeX and control characters."""

import re

from assistant.papers.parsing.latex.text import without_latex
from assistant.papers.parsing.markup.text import without_tags

_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Control characters, the soft hyphen, the zero-width space and the byte order mark are invisible.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\xad\u200b\ufeff]")


def clean_text(text: str) -> str:
    """Return a text on one line, without HTML, JATS and LaTeX markup."""
    return one_line(without_latex(without_tags(text)))


def one_line(text: str) -> str:
    """Collapse whitespace to single spaces, drop control characters and replace lone surrogates."""
    text = _LONE_SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub("", text))
    return " ".join(text.split())
