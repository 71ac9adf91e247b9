"""Checks the names in a sentence against the abstracts, allowing for spelling variants."""

import re
from collections.abc import Iterable
from functools import lru_cache

from assistant.text.name_matching import (
    abbreviation_definitions,
    long_form,
    normalize_name,
    possible_acronyms,
    singular,
)
from assistant.text.proper_names import TOKEN, find_names, has_name_shape
from assistant.text.words import stem

# "LoRA-like" is the name "LoRA" with a suffix.
_SUFFIX = re.compile(r"(?:-[a-z]{2,})+\Z")
_ACRONYM = re.compile(r"[A-Z]{2,8}")
_PART = re.compile(r"[A-Za-z]+(?=\d)|\d+(?:\.\d+)?|[^\W\d_]+|\w+")
# The most parts that a spelling variant may join into one word: "Flickr 30 K" and "Flickr30K".
_MAX_JOINED_PARTS = 4
# "CIFAR-10/100" names CIFAR-100 too, and so does "CIFAR-10 and -100".
_SHARED_STEM = re.compile(r"([^\W\d_]+)-?\d+((?:(?:\s*[/,&]\s*|,?\s+and\s+)-?\d+\b)+)")


def missing_names(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a text that occur in no source, ignoring hyphens, case and plurals.

    A name does not match inside a longer word (the GAN in "organ", the BERT in "RoBERTa"), but it
    matches a part of a hyphenated name (the BERT in "BERT-large"). "RL" matches "reinforcement
    learning".
    """
    sources = tuple(sources)
    return tuple(
        name for name in find_names(text) if not any(_has_name(source, name) for source in sources)
    )


def spelled_out_words(text: str, sources: Iterable[str]) -> frozenset[str]:
    """Return the words of a text that spell out an abbreviation found in the sources.

    "Proximal Policy Optimization (PPO)" adds nothing to "PPO", and "Low-Rank Adaptation (LoRA)"
    adds nothing to "LoRA".
    """
    known = {singular(word) for source in sources for word in TOKEN.findall(source)}
    found: set[str] = set()
    for before, written in abbreviation_definitions(text):
        abbreviation = singular(written)
        if written[0].isupper() and has_name_shape(written) and abbreviation in known:
            found.update(TOKEN.findall(long_form(before, abbreviation)))
    return frozenset(found)


def _has_name(source: str, name: str) -> bool:
    known = _name_spellings(source)
    normalized = normalize_name(name)
    if normalize_name(_SUFFIX.sub("", name)) in known:
        return True
    if normalized in known or singular(normalized) in known or f"{normalized}s" in known:
        return True
    if has_name_shape(name):
        is_acronym = _ACRONYM.fullmatch(singular(name)) is not None
        return is_acronym and singular(normalized) in possible_acronyms(source)
    # A capitalised plain word also matches its inflected forms.
    return stem(normalized) in _stems(source)


@lru_cache(maxsize=512)
def _name_spellings(source: str) -> frozenset[str]:
    """Return the normalised words of a text, their parts, and runs of parts joined together."""
    tokens = TOKEN.findall(source)
    spellings = {normalize_name(token) for token in tokens}
    spellings |= {normalize_name(token.removesuffix("'s")) for token in tokens}
    parts = [normalize_name(part) for part in _PART.findall(source)]
    for count in range(1, _MAX_JOINED_PARTS + 1):
        spellings.update("".join(parts[i : i + count]) for i in range(len(parts) - count + 1))
    for match in _SHARED_STEM.finditer(source):
        spellings.update(
            normalize_name(match[1] + digits) for digits in re.findall(r"\d+", match[2])
        )
    return frozenset(spellings)


@lru_cache(maxsize=512)
def _stems(source: str) -> frozenset[str]:
    return frozenset(map(stem, _name_spellings(source)))
