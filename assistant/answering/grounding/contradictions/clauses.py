"""Splits sentences into clauses, for the rules that compare clauses."""

import re
from collections.abc import Sequence
from functools import cache

_MARKS = ";,"
_CONJUNCTIONS = ("and", "but", "while", "whereas")


def split_clauses(
    text: str, *, extra_marks: str = "", extra_words: Sequence[str] = ()
) -> list[str]:
    """Split a sentence at semicolons, commas and conjunctions, dropping blank clauses.

    Args:
        text: the sentence.
        extra_marks: further punctuation marks that end a clause if whitespace follows.
        extra_words: further words that separate two clauses.
    """
    boundary = _boundary(_MARKS + extra_marks, (*_CONJUNCTIONS, *extra_words))
    return [clause for clause in boundary.split(text) if clause.strip()]


@cache
def _boundary(marks: str, words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"[{re.escape(marks)}]\s|\s(?:{'|'.join(map(re.escape, words))})\s")
