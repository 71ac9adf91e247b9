"""What a number measures, extracted from the words around it."""

import re

from assistant.library.results.phrases import (
    is_plural,
    phrase_after,
    phrase_before,
    skip_determiners,
)
from assistant.text.proper_names import find_names
from assistant.text.quantities.units import BARE, COUNT, PERCENT, TIMES

# "of up to", "of about", "is as much as".
_QUALIFIER = r"(?:\s(?:[a-z]+\s){0,3}|\s?[<>≤≥~≈±]\s?)"
_OF = re.compile(rf"\sof(?!\sthe\b){_QUALIFIER}\Z")
_BE = re.compile(rf"\s(?:is|are|was|were){_QUALIFIER}\Z")
_BY = re.compile(rf"\sby{_QUALIFIER}\Z")
_SYMBOL = re.compile(r"\s?[=:(<>≤≥~≈]\s?\Z")
_LIST_AFTER = re.compile(r",|\s(?:and|or)\b")
_OF_AFTER = re.compile(r"\sof\b")
_IN_AFTER = re.compile(r"\sin\b")
_TO_AFTER = re.compile(r"\sto\b")
_CLAUSE_START = re.compile(
    r"(?:.*(?:[,;:(]|\b(?:and|but|that|while|whereas|which|where)\b))?", re.S
)
_LAST_WORD = re.compile(r"[a-z]+\s?\Z")
_PREPOSITIONS = frozenset("against at for from in of on over than to under with within".split())
_PARENTHESIS = re.compile(r"\s?\([^()]*\)")


def what_is_measured(text: str, start: int, end: int, dimension: str) -> str:
    """Return the words for what a number measures or counts; empty if none are found.

    Args:
        text: the sentence.
        start: the offset of the number.
        end: the offset after its unit.
        dimension: the number's dimension.
    """
    if dimension == COUNT:
        return _after(text, end, dimension)
    before = text[:start]
    if match := _OF.search(before):  # "an accuracy of up to 93 percent"
        return _before_of(text, match.start())
    # "AUC = 0.93", "accuracy (93%)"; but "grows (+8)"
    if (match := _SYMBOL.search(before)) and text[start] not in "+-":
        return phrase_before(text, match.start())[0]
    if match := _OF_AFTER.match(text, end):  # "14% of the data", "32 hours of training"
        start = skip_determiners(text, match.end())
        whole = phrase_after(text, start, counted=dimension == PERCENT)
        return f"share of {whole}" if whole and dimension == PERCENT else whole
    if dimension == TIMES and (after := _after(text, end, dimension)):
        return after
    if match := _BE.search(before):
        return _subject(before[: match.start()])
    if after := _after(text, end, dimension):
        return after
    if match := _BY.search(before):
        return _changed(text, match.start())
    return ""


def _after(text: str, end: int, dimension: str) -> str:
    """Return the phrase after a number: "93% accuracy", "5.1% in EM score", "2x faster"."""
    phrase = phrase_after(text, end, counted=dimension == COUNT)
    if dimension == COUNT and text[end : end + 1] == "-":
        return phrase.partition(" ")[0]  # "a 3B-parameter model"
    end += len(phrase) + 1 if phrase else 0
    if dimension == COUNT and not is_plural(phrase) and _LIST_AFTER.match(text, end):
        return ""  # "55 unary, binary and ternary compounds"
    is_adjective = dimension not in (COUNT, TIMES) and _TO_AFTER.match(text, end)
    if is_adjective or phrase.endswith("ed"):  # "15% relative to", "a 7B model trained on"
        phrase = phrase.rpartition(" ")[0]
    match = _IN_AFTER.match(text, end)
    if match is None or dimension in (COUNT, BARE):
        return phrase
    inside = phrase_after(text, skip_determiners(text, match.end()))
    if not inside or _is_name(inside):
        return phrase
    return f"{phrase} in {inside}" if phrase else inside


def _before_of(text: str, end: int) -> str:
    """Return the noun before "of 8%": "improvement" in "an improvement over BERT of 8%"."""
    phrase, start = phrase_before(text, end)
    last = _LAST_WORD.search(text, 0, start)
    if _is_name(phrase) and last and last[0].strip() in _PREPOSITIONS:
        phrase, _ = phrase_before(text, last.start())
    return phrase


def _is_name(phrase: str) -> bool:
    """Return whether each word of a phrase is a name."""
    return set(phrase.split()) <= set(find_names(f"by {phrase}"))


def _subject(before: str) -> str:
    """Return the first phrase of a clause: "error rate" in "The error rate of our model"."""
    clause = _PARENTHESIS.sub("", before)
    match = _CLAUSE_START.match(clause)
    start = match.end() if match else 0
    space = "" if clause[start : start + 1].isspace() else " "
    clause = space + clause[start:]
    return phrase_after(clause, skip_determiners(clause, 0))


def _changed(text: str, end: int) -> str:
    """Return what changes by an amount: "training time" in "reduces the training time by"."""
    phrase, start = phrase_before(text, end)
    if not phrase or _is_name(phrase):
        return ""  # "beats BERT by"
    before = text[:start].rstrip()
    if is_plural(phrase) and is_plural(before[-10:].rpartition(" ")[2]):
        return ""  # "titles improves by" and "reduces parameters by" look alike
    if determiner := re.search(r"\s(?:an?|the|its|our|their)\Z", before):
        before = before[: determiner.start()]
    last = _LAST_WORD.search(before)
    # "lowers similarity to the content by": it is not the content that is lowered.
    return "" if last and last[0].strip() in _PREPOSITIONS else phrase
