"""The names of a text: what must stand in a cited abstract, its hyphens and capitals aside."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from assistant.papers.names import TOKEN, is_marked, names
from assistant.papers.words import stem


def missing_names(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a text that none of the sources has, hyphens, case and plural aside.

    A name inside a longer one (the GAN of "organ", the BERT of "RoBERTa") is another name; one that
    is a part of it (the BERT of "BERT-large") is the same. "RL" is supported by "reinforcement
    learning".
    """
    sources = tuple(sources)
    return tuple(name for name in names(text) if not any(_has(one, name) for one in sources))


# "LoRA-like" names no more than "LoRA".
_ENDING = re.compile(r"(?:-[a-z]{2,})+\Z")


def _has(source: str, name: str) -> bool:
    known = _known(source)
    letters = _letters(name)
    if (stem_of_name := _letters(_ENDING.sub("", name))) != letters and stem_of_name in known:
        return True
    if letters in known or letters.removesuffix("s") in known or f"{letters}s" in known:
        return True
    if is_marked(name):
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

    "Proximal Policy Optimization (PPO)" says no more than "PPO".
    """
    known = set(_SHORT.findall(" ".join(sources)))
    found: set[str] = set()
    for match in _SPELT_OUT.finditer(text):
        words = re.findall(r"[^\W_][\w-]*", match[1])[-len(match[2]) :]
        initials = "".join(word[0] for word in words)
        if match[2] in known and initials.upper() == match[2]:
            found.update(words)
    return frozenset(found)


_SHORT = re.compile(r"\b[A-Z]{2,8}\b")
_SPELT_OUT = re.compile(r"((?:[^\W_][\w-]*\s+){1,7}[^\W_][\w-]*)\s*\(([A-Z]{2,8})\)")


def _letters(text: str) -> str:
    """Return the letters and digits of a text, without accents and in lower case."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if char.isalnum())
