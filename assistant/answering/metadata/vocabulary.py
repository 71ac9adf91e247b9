"""The words of `vocabulary.toml`, folded."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.metadata.tokens import keys_of

_FILE = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with a meaning of their own in questions about records.

    Attributes:
        types: the type of paper by the folded words that name it.
        plurals: the plural of each type.
        styles: the style of a reference by the folded words that name it.
        honorifics: words before a name that are not part of it.
        words_and_names: family names that are English words too.
    """

    types: Mapping[tuple[str, ...], str]
    plurals: Mapping[str, str]
    styles: Mapping[tuple[str, ...], str]
    honorifics: frozenset[str]
    words_and_names: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Return the words of the file."""
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    types = {}
    for name, entry in record["types"].items():
        for word in entry["words"]:
            types[keys_of(word)] = name
            types[keys_of(f"{word}s")] = name
    return Vocabulary(
        types=types,
        plurals={name: entry["plural"] for name, entry in record["types"].items()},
        styles={keys_of(word): name for name, words in record["styles"].items() for word in words},
        honorifics=frozenset(record["words"]["honorifics"]),
        words_and_names=frozenset(record["words"]["words_and_names"]),
    )
