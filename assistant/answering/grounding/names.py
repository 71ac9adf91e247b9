"""The names of a text: what must stand in a cited abstract, its hyphens and capitals aside."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from assistant.text.proper_names import TOKEN, find_names, has_name_shape
from assistant.text.words import stem


def missing_names(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a text that none of the sources has, hyphens, case and plural aside.

    A name inside a longer one (the GAN of "organ", the BERT of "RoBERTa") is another name; one that
    is a part of it (the BERT of "BERT-large") is the same. "RL" is supported by "reinforcement
    learning".
    """
    sources = tuple(sources)
    return tuple(name for name in find_names(text) if not any(_has(one, name) for one in sources))


# "LoRA-like" names no more than "LoRA".
_ENDING = re.compile(r"(?:-[a-z]{2,})+\Z")


def _has(source: str, name: str) -> bool:
    known = _known(source)
    letters = _letters(name)
    if (stem_of_name := _letters(_ENDING.sub("", name))) != letters and stem_of_name in known:
        return True
    if letters in known or letters.removesuffix("s") in known or f"{letters}s" in known:
        return True
    if has_name_shape(name):
        return _ABBREVIATION.fullmatch(name.removesuffix("s")) is not None and (
            letters.removesuffix("s") in _initials(source)
        )
    # A plain word with a capital: its other forms are the same word.
    return stem(letters) in _stems(source)


# How many words may be one in another spelling: "Flickr 30 K" and "Flickr30K".
_WORDS_JOINED = 4
_PART = re.compile(r"[A-Za-z]+(?=\d)|\d+(?:\.\d+)?|[^\W\d_]+|\w+")
# "CIFAR-10/100" names CIFAR-100 too, and so does "CIFAR-10 and -100".
_SHARED_STEM = re.compile(r"([^\W\d_]+)-?\d+((?:(?:\s*[/,&]\s*|,?\s+and\s+)-?\d+\b)+)")


@lru_cache(maxsize=512)
def _known(source: str) -> frozenset[str]:
    """Return the letters of the names that a text has: of its words, parts of words, and joined."""
    known = {_letters(match.group()) for match in TOKEN.finditer(source)}
    known |= {_letters(match.group().removesuffix("'s")) for match in TOKEN.finditer(source)}
    parts = [_letters(match.group()) for match in _PART.finditer(source)]
    for count in range(1, _WORDS_JOINED + 1):
        known.update("".join(parts[i : i + count]) for i in range(len(parts) - count + 1))
    for match in _SHARED_STEM.finditer(source):
        known.update(_letters(match[1] + digits) for digits in re.findall(r"\d+", match[2]))
    return frozenset(known)


@lru_cache(maxsize=512)
def _stems(source: str) -> frozenset[str]:
    return frozenset(map(stem, _known(source)))


_ABBREVIATION = re.compile(r"[A-Z]{2,8}")
_LINKING = frozenset("a an and by for from in of on or the to via with".split())


@lru_cache(maxsize=512)
def _initials(source: str) -> frozenset[str]:
    """Return the abbreviations that the words of a text may have, linking words in or left out."""
    words = [match.group().lower() for match in re.finditer(r"[^\W\d_]+", source)]
    runs = (words, [word for word in words if word not in _LINKING])
    found: set[str] = set()
    for run in runs:
        initials = "".join(word[0] for word in run)
        for length in range(2, 9):
            found.update(initials[i : i + length] for i in range(len(run) - length + 1))
    return frozenset(found)


def spelt_out(text: str, sources: Iterable[str]) -> frozenset[str]:
    """Return the words of a text that spell out an abbreviation which the sources have.

    "Proximal Policy Optimization (PPO)" says no more than "PPO", and "Low-Rank Adaptation (LoRA)"
    no more than "LoRA". Which words belong to the abbreviation is found much as by Schwartz and
    Hearst (PSB 2003): its letters are looked for from the last backwards; here each capital has to
    begin a word.
    """
    known = {_short(word) for source in sources for word in TOKEN.findall(source)}
    found: set[str] = set()
    for match in _SPELT_OUT.finditer(text):
        if has_name_shape(match[2]) and _short(match[2]) in known:
            found.update(TOKEN.findall(_long_form(match[1], _short(match[2]))))
    return frozenset(found)


_SPELT_OUT = re.compile(r"((?:[^\W_][\w-]*\s+){0,9}[^\W_][\w-]*)\s*\(([A-Z][\w-]{1,9})\)")


def _short(word: str) -> str:
    return word.removesuffix("s")


def _long_form(before: str, short: str) -> str:
    """Return the end of a text that spells out an abbreviation; empty if it does not."""
    end = len(before)
    for letter in filter(str.isalnum, reversed(short)):
        begins = r"(?<![^\W_])" if letter.isupper() else ""
        places = list(re.finditer(begins + letter, before[:end], re.IGNORECASE))
        if not places:
            return ""
        end = places[-1].start()
    # In more words than that the letters are found by chance.
    return before[end:] if len(before[end:].split()) <= 2 * len(short) else ""


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
