"""Name filters: the data sets, models and methods that a question requires papers to mention.

Names are matched by pattern, so no model is needed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.collection.name_pattern import (
    NamePattern,
    name_pattern,
    spellings_inside_sentences,
)
from assistant.text.name_matching import strip_accents
from assistant.text.proper_names import has_name_shape
from assistant.text.words import content_words, stem

_TOKEN = re.compile(r"[^\W_]+(?:[+.'_‐-―-]+[^\W_]+)*\+*")
# A number, with its unit if it has one: "1.5x", "30", "7B", "eight-fold".
_NUMBER = re.compile(r"\d[\d.,]*(?:x|×|k|m|b|t|st|nd|rd|th)?|\w+-fold", re.IGNORECASE)
# A word is a name if at least this share of its occurrences in the papers is capitalised.
_MIN_CAPITALISED_SHARE = 0.8

_OR = re.compile(r"\b(or|either|any of)\b", re.IGNORECASE)
_WITHOUT = re.compile(
    r"\b(not|without|except|excluding|never|no|other than|rather than|instead of|besides)\b"
    r"(?: \w+){0,2} ?$",
    re.IGNORECASE,
)
# With one of these words, TinyLlama counts as a Llama and miniImageNet as an ImageNet.
_FAMILY = re.compile(
    r"\b(versions?|variants?|forms?|famil(?:y|ies)|kinds?|types?|subsets?|derivatives?|members?|"
    r"models)\b",
    re.IGNORECASE,
)
# Stems of words that may accompany names without adding a further condition.
_NEUTRAL_STEMS = frozenset(
    map(
        stem,
        """
        accuracy appear apply base baseline bench benchmark build built come compare comparison
        corpus cover data dataset datasets deal discuss employ evaluate evaluation experiment
        experiments family figure find form give include involve kind kinds look member members
        method methods model models name names number numbers occur part performance play present
        put rely result results run runs score scores set sets show subset subsets system systems
        task tasks test themselves train tried try type types variant variants version versions work
        """.split(),
    )
)


@dataclass(frozen=True, slots=True)
class NameFilter:
    """The names that a paper must mention, and those that it must not.

    Attributes:
        required: names that must occur; never empty.
        excluded: names that must not occur.
        match_all: whether all required names must occur; otherwise any one of them suffices.
        is_whole_criterion: whether the question has no other condition.
    """

    required: tuple[NamePattern, ...]
    excluded: tuple[NamePattern, ...]
    match_all: bool
    is_whole_criterion: bool

    @property
    def is_certain(self) -> bool:
        """Whether the question writes every required name with a capital or a non-letter."""
        return not any(one.name.islower() and one.name.isalpha() for one in self.required)

    def matches(self, text: str) -> bool:
        """Return whether a text contains the required names and no excluded one."""
        found = [name.matches(text) for name in self.required]
        has_required = all(found) if self.match_all else any(found)
        return has_required and not any(name.matches(text) for name in self.excluded)

    def count_required(self, text: str) -> int:
        """Return how many of the required names a text contains."""
        return sum(name.matches(text) for name in self.required)


def parse_name_filter(criterion: str, texts: Sequence[str]) -> NameFilter | None:
    """Return the names in the criterion of a question; None if it requires none.

    Args:
        criterion: the condition that the question sets, such as "evaluate on CIFAR-100".
        texts: of the papers of the library. A word that they capitalise inside a sentence is a
            name, however the question writes it.
    """
    texts = [strip_accents(text) for text in texts]
    allow_inside_words = _FAMILY.search(criterion) is not None
    required: list[NamePattern] = []
    excluded: list[NamePattern] = []
    rest = ""
    position = 0
    for start, end in _name_spans(criterion, texts):
        name = name_pattern(criterion[start:end], texts, inside_words=allow_inside_words)
        (excluded if _WITHOUT.search(criterion[:start]) else required).append(name)
        rest += f"{criterion[position:start]} "
        position = end
    rest += criterion[position:]
    if not required:
        return None
    return NameFilter(
        tuple(required),
        tuple(excluded),
        match_all=len(required) > 1 and not _OR.search(criterion),
        is_whole_criterion=all(stem(word) in _NEUTRAL_STEMS for word in content_words(rest)),
    )


def _name_spans(criterion: str, texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return the spans of the names in a criterion; adjacent words of a name are joined."""
    spans: list[tuple[int, int]] = []
    may_continue = False  # whether the last span contains a word that is a name on its own
    for match in _TOKEN.finditer(criterion):
        word = match.group()
        is_adjacent = bool(spans) and criterion[spans[-1][1] : match.start()] in (" ", "-")
        if _is_name(word, texts):
            if not is_adjacent:
                spans.append(match.span())
            else:
                spans[-1] = (spans[-1][0], match.end())
            may_continue = True
        elif may_continue and is_adjacent and (word[0].isupper() or _NUMBER.fullmatch(word)):
            spans[-1] = (spans[-1][0], match.end())
        else:
            may_continue = False
    return spans


def _is_name(word: str, texts: Sequence[str]) -> bool:
    if not any(map(str.isalpha, word)) or _NUMBER.fullmatch(word):
        return False
    if has_name_shape(word):
        return True
    spellings = spellings_inside_sentences(word, texts)
    if word[0].isupper() and not spellings:
        return len(word) > 1
    capitalised = [spelling for spelling in spellings if not spelling.islower()]
    # A lower-case word that the papers capitalise only once may be a part of a longer name:
    # "materials" of the "Materials Project".
    is_sure = word[0].isupper() or len(capitalised) > 1 or any(map(has_name_shape, capitalised))
    return is_sure and len(capitalised) >= _MIN_CAPITALISED_SHARE * len(spellings)
