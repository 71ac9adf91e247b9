"""Sentence segmentation for abstracts."""

import re
from collections.abc import Iterator
from typing import NamedTuple


class Span(NamedTuple):
    """A range of characters in a text; ``end`` is exclusive."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the part of the text that the span covers."""
        return text[self.start : self.end]


MAX_CHARACTERS = 1000
"""The maximum length of a sentence. Sentences in abstracts rarely reach a third of it; a text
without full stops is not a sentence, and would fill the prompt."""

# Abbreviations whose full stop never ends a sentence.
_ABBREVIATIONS = frozenset(
    "approx cf ca dr eq eqs fig figs i.e e.g mr mrs ms prof ref refs resp sec st tab vol vs w.r.t "
    "inc ltd".split()
)
# Abbreviations whose full stop ends a sentence if a capital follows.
_ABBREVIATIONS_THAT_MAY_END = frozenset({"al", "etc"})
# Abbreviations whose full stop ends a sentence unless a digit follows ("No. 7").
_ABBREVIATIONS_BEFORE_DIGITS = frozenset({"no", "nos"})
_LONGEST_ABBREVIATION = 8

# In Chinese and Japanese, no space follows.
_END = re.compile(r"""(?<![.!?])[.!?]+['")\]’”]*(?=\s)|[。！？]+[」』”’）]*""")
# A number alone before the full stop is a list number. A list may also begin after a colon.
_LIST_NUMBER = re.compile(r"(?:\A\s*[0-9]{1,2}|\n\s*[0-9]{1,2}|:\s+1)\Z")
_LAST_WORD = re.compile(r"[\w.]+$")
_NEXT_STARTS_LOWER = re.compile(r"\s+[a-z]")
_NEXT_STARTS_UPPER = re.compile(r"\s+[A-Z]")
_NEXT_STARTS_WITH_DIGIT = re.compile(r"\s+[0-9]")


def sentence_spans(text: str) -> list[Span]:
    """Return the spans of the sentences in a text, in order, without surrounding whitespace.

    The spans cover the whole text except whitespace. A full stop does not end a sentence inside a
    number ("3.5"), after an abbreviation ("et al."), an initial ("J. Doe") or a list number
    ("1. A loss."), or before a lower-case word. A sentence of more than `MAX_CHARACTERS` is split
    between words.
    """
    spans = []
    start = 0
    for match in _END.finditer(text):
        number = _LIST_NUMBER.search(text[start : match.start()])
        if not number and _ends_sentence(text, match):
            spans.append(_stripped(text, start, match.end()))
            start = match.end()
    spans.append(_stripped(text, start, len(text)))
    return [part for span in spans if span.start < span.end for part in _divided(text, span)]


def _divided(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts of a span, none longer than the maximum."""
    start, end = span
    while end - start > MAX_CHARACTERS:
        space = text.rfind(" ", start + 1, start + MAX_CHARACTERS)
        cut = space if space > 0 else start + MAX_CHARACTERS
        yield _stripped(text, start, cut)
        start = _stripped(text, cut, end).start
    yield Span(start, end)


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    if _NEXT_STARTS_LOWER.match(text, match.end()):
        return False
    if match.group()[0] != ".":
        return True
    before = text[max(0, match.start() - _LONGEST_ABBREVIATION) : match.start()]
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word.group()
    if last.lower() in _ABBREVIATIONS:
        return False
    if last.lower() in _ABBREVIATIONS_THAT_MAY_END:
        return bool(_NEXT_STARTS_UPPER.match(text, match.end()))
    if last.lower() in _ABBREVIATIONS_BEFORE_DIGITS:
        return not _NEXT_STARTS_WITH_DIGIT.match(text, match.end())
    return not (len(last) == 1 and last.isupper() and not _closes_clause(before[: word.start()]))


def _closes_clause(before: str) -> bool:
    """Return whether a capital letter is a name ("... plan B. We"), not an initial ("J. Doe")."""
    return before.rstrip()[-1:].islower()


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
