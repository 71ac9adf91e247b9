"""Where the sentences of an abstract begin and end."""

import re
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` up to but not including ``end`` of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of the text that the span covers."""
        return text[self.start : self.end]


# Words whose full stop does not end a sentence, whatever follows.
_ABBREVIATIONS = frozenset(
    "al approx cf ca dr eq eqs etc fig figs i.e e.g mr mrs ms no nos prof ref refs resp sec st tab "
    "vol vs w.r.t inc ltd".split()
)
_END = re.compile(r"""[.!?]+['")\]’”]*(?=\s)""")
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT_STARTS_LOWER = re.compile(r"\s+[a-z]")


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences of a text, in order, without surrounding white space.

    Full stops inside numbers ("3.5"), after abbreviations ("et al."), after initials ("J. Doe")
    and before a lower-case word do not end a sentence. Joined by the white space between them, the
    sentences are the text.
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        if _ends_sentence(text, match):
            spans.append(_stripped(text, start, match.end()))
            start = match.end()
    spans.append(_stripped(text, start, len(text)))
    return [span for span in spans if span.start < span.end]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if _NEXT_STARTS_LOWER.match(text, match.end()):
        return False
    if match.group()[0] != ".":
        return True
    word = _LAST_WORD.search(text, 0, match.start())
    if word is None:
        return True
    last = word.group()
    if last.lower() in _ABBREVIATIONS - {"etc", "al"}:
        return False
    if last.lower() in {"etc", "al"}:
        return bool(re.match(r"\s+[A-Z]", text[match.end() :]))
    return not (len(last) == 1 and last.isupper() and not _closes_clause(text, word.start()))


def _closes_clause(text: str, at: int) -> bool:
    """Tell a one-letter name that ends a sentence ("... plan B. We") from an initial ("J. Doe")."""
    before = text[:at].rstrip()
    return bool(before) and before[-1].islower()


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
