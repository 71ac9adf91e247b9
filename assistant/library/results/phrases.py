"""Noun phrases in a sentence: runs of words between function words, numbers and punctuation.

Without a parser, a phrase may begin or end with a verb. So phrases should be taken only from
positions where English has a noun.
"""

import re
from functools import lru_cache

from assistant.text.proper_names import TOKEN
from assistant.text.quantities import find_quantities
from assistant.text.words import content_words

_NEXT_WORD = re.compile(rf"[\s-]({TOKEN.pattern})")
_LAST_WORD = re.compile(rf"({TOKEN.pattern})\s?\Z")
_DETERMINER = re.compile(r"[\s-](?:an?|the|all|its|our|their|these|this|those)\b", re.IGNORECASE)
_MAX_WORDS = 5


@lru_cache(maxsize=20_000)
def is_function_word(word: str) -> bool:
    """Return whether a word is a preposition, an article, a pronoun or similar."""
    return not content_words(word)


def skip_determiners(text: str, start: int) -> int:
    """Return the offset after any determiners at an offset."""
    while match := _DETERMINER.match(text, start):
        start = match.end()
    return start


def phrase_after(text: str, start: int, *, counted: bool = False) -> str:
    """Return the phrase that begins at an offset; empty if there is none.

    Args:
        text: the sentence.
        start: the offset, before the space.
        counted: whether the phrase follows a count; it then ends with the first plural.
    """
    first = end = start
    for _ in range(_MAX_WORDS):
        match = _NEXT_WORD.match(text, end)
        if match is None or not _belongs(match[1]):
            break
        first = match.start(1) if end == start else first
        end = match.end()
        if counted and is_plural(match[1]):
            break
    return text[first:end]


def phrase_before(text: str, end: int) -> tuple[str, int]:
    """Return the phrase that ends at an offset, and its start; empty if there is none.

    For "reaches accuracy" it is "accuracy": noun compounds in English rarely contain a plural, so a
    word ending in s is taken for a verb.
    """
    start = end = len(text[:end].rstrip())
    for count in range(_MAX_WORDS):
        match = _LAST_WORD.search(text, max(0, start - 60), start)
        if match is None or not _belongs(match[1]) or (count and is_plural(match[1])):
            break
        start = match.start(1)
    return text[start:end], start


def is_plural(word: str) -> bool:
    """Return whether a word looks like a plural (or a third-person verb)."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3


@lru_cache(maxsize=20_000)
def _belongs(word: str) -> bool:
    is_number = word[0].isdigit() or any(one.explicit for one in find_quantities(word))
    return not (is_number or is_function_word(word))
