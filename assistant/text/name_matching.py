"""Matching names across spellings, and abbreviations with their long forms."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Words before an abbreviation in parentheses: "Proximal Policy Optimization (PPO)".
_DEFINITION = re.compile(r"((?:[^\W_][\w-]*\s+){0,9}[^\W_][\w-]*)\s*\(([A-Za-z][\w-]{1,9})\)")
_WORD = re.compile(r"[^\W\d_]+")
_WORD_SEPARATOR = re.compile(r"[\s-]+")
_WORD_START = r"(?<![^\W_])"
_LINKING_WORDS = frozenset("a an and by for from in of on or the to via with".split())
_ACRONYM_LENGTHS = range(2, 9)


def strip_accents(text: str) -> str:
    """Return a text without accents, so that "TÜLU" and "Tulu" match up to case."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def normalize_name(name: str) -> str:
    """Return the letters and digits of a name, without accents and in lower case."""
    return "".join(filter(str.isalnum, strip_accents(name.casefold())))


def singular(name: str) -> str:
    """Return a name without a plural "s": "CNN" for "CNNs"."""
    return name.removesuffix("s")


def abbreviation_definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield up to ten preceding words and each abbreviation in parentheses."""
    for match in _DEFINITION.finditer(text):
        yield match[1], match[2]


def long_form(before: str, abbreviation: str, *, one_word_per_letter: bool = False) -> str:
    """Return the end of a text that spells out an abbreviation; empty if it does not.

    The algorithm is close to that of Schwartz and Hearst (PSB 2003): the letters are matched from
    last to first. Here, each capital has to begin a word.

    Args:
        before: the words before the abbreviation.
        abbreviation: without a plural "s".
        one_word_per_letter: whether each letter has to begin a word, and each word has to begin
            with a letter, as in an acronym.
    """
    letters = [char for char in abbreviation if char.isalnum()]
    start = len(before)
    for letter in reversed(letters):
        anchor = _WORD_START if one_word_per_letter or letter.isupper() else ""
        matches = list(re.finditer(anchor + letter, before[:start], re.IGNORECASE))
        if not matches:
            return ""
        start = matches[-1].start()
    found = before[start:]
    if one_word_per_letter:
        words = _WORD_SEPARATOR.split(found)
        is_acronym = len(words) == len(letters) and all(
            word.isalpha() and len(word) > 1 for word in words
        )
        return found if is_acronym else ""
    # In a longer text, the letters would match by chance.
    return found if len(found.split()) <= 2 * len(abbreviation) else ""


@lru_cache(maxsize=512)
def possible_acronyms(text: str) -> frozenset[str]:
    """Return the initials of all sequences of two to eight words in a text, in lower case.

    The initials of linking words such as "of" may be left out.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    found: set[str] = set()
    for run in (words, [word for word in words if word not in _LINKING_WORDS]):
        initials = "".join(word[0] for word in run)
        for length in _ACRONYM_LENGTHS:
            found.update(initials[i : i + length] for i in range(len(run) - length + 1))
    return frozenset(found)
