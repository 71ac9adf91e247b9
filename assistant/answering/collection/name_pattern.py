"""Patterns that match all spellings of a name.

CIFAR-100 matches CIFAR100, but neither CIFAR-10 nor part of a longer word. Llama-3 matches
LLaMA 3, but not Llama 3.1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.name_matching import (
    abbreviation_definitions,
    long_form,
    singular,
    strip_accents,
)

_PART = re.compile(r"[^\W\d_]+|\d+")
_PART_SEPARATOR = r"[\s.'_‐-―-]{0,2}"
_WORD_SEPARATOR = re.compile(r"[\s-]+")
_ABBREVIATION_LENGTHS = range(2, 7)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A name, and a pattern that matches its spellings.

    Attributes:
        name: as the question writes it.
        pattern: the regular expression, for a text without accents.
    """

    name: str
    pattern: re.Pattern[str]

    def matches(self, text: str) -> bool:
        """Return whether a text contains the name."""
        return self.pattern.search(strip_accents(text)) is not None


def name_pattern(name: str, texts: Sequence[str], *, inside_words: bool = False) -> NamePattern:
    """Return the pattern for a name.

    Args:
        name: such as "Masked Thought".
        texts: of the papers of the library, without accents. They show what an abbreviation stands
            for, and whether its lower-case form is an ordinary word.
        inside_words: whether the name may follow other letters, as in "miniImageNet".
    """
    parts = _PART.findall(strip_accents(name))
    written = _PART_SEPARATOR.join(
        f"{re.escape(part[:-1])}s?" if _is_plural(part) else re.escape(part) for part in parts
    )
    start = r"(?<![^\W_])"
    if inside_words:
        start = rf"(?:{start}|(?-i:(?=[A-Z])))"
    end = r"(?![^\W_])(?!\.\d)" if parts[-1].isdigit() else r"s?(?![^\W\d_])"
    alternatives = [start + written + end]
    if spelled_out := _spelled_out(name, texts):
        words = r"[\s-]+".join(map(re.escape, _WORD_SEPARATOR.split(spelled_out)))
        alternatives.append(rf"\b{words}\b")
    # MATH is a benchmark, but papers also write about math.
    case_matters = name.isupper() and any(map(str.islower, spellings_inside_sentences(name, texts)))
    return NamePattern(
        name, re.compile("|".join(alternatives), 0 if case_matters else re.IGNORECASE)
    )


def spellings_inside_sentences(word: str, texts: Sequence[str]) -> list[str]:
    """Return each occurrence of a word as written, except at the start of a sentence."""
    pattern = re.compile(rf"(?<![.!?:] )(?<!\w)(?!^){re.escape(word)}(?!\w)", re.IGNORECASE)
    lower = word.lower()
    return [match for text in texts if lower in text.lower() for match in pattern.findall(text)]


def _is_plural(part: str) -> bool:
    """Return whether the "s" of a part is optional: papers write ResNet for ResNets."""
    return len(part) > 3 and part[-1] == "s" and part[-2] != "s"


def _spelled_out(name: str, texts: Sequence[str]) -> str:
    """Return the words that an abbreviation stands for; empty if no text spells it out."""
    letters = singular(name)
    if not letters.isalpha() or len(letters) not in _ABBREVIATION_LENGTHS:
        return ""
    for text in texts:
        if f"({letters}" not in text:
            continue
        for before, abbreviation in abbreviation_definitions(text):
            if singular(abbreviation).casefold() == letters.casefold() and (
                found := long_form(before, letters, one_word_per_letter=True)
            ):
                return found
    return ""
