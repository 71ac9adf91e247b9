"""The words of `vocabulary.toml`, folded."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.answering.metadata.words.tokens import fold, keys_of

_FILE = Path(__file__).with_name("vocabulary.toml")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words with a special meaning in questions about records.

    Attributes:
        types: the types of paper, by the folded words that name them.
        type_names: the singular and plural name of each type.
        styles: the reference styles, by the folded words that name them.
        style_names: the name of each style as it is written.
        order: "newest" or "oldest", by the folded words that ask for it.
        plurals: words that ask for several papers.
        nouns: words for a paper.
        honorifics: words before a name that are not part of it.
        words_and_names: family names that are also English words.
    """

    types: Mapping[tuple[str, ...], str]
    type_names: Mapping[str, tuple[str, str]]
    styles: Mapping[tuple[str, ...], str]
    style_names: Mapping[str, str]
    order: Mapping[tuple[str, ...], str]
    plurals: frozenset[str]
    nouns: frozenset[str]
    honorifics: frozenset[str]
    words_and_names: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """Load the vocabulary."""
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    types = record["types"]
    numbers = {
        name: [form for word in entry["words"] for form in (word, f"{word}s")]
        for name, entry in types.items()
    }
    return Vocabulary(
        types=_by_words(numbers),
        type_names={name: (entry["singular"], entry["plural"]) for name, entry in types.items()},
        styles=_by_words({name: style["words"] for name, style in record["styles"].items()}),
        style_names={name: style["name"] for name, style in record["styles"].items()},
        order=_by_words(record["order"]),
        **{name: frozenset(map(fold, words)) for name, words in record["words"].items()},
    )


def _by_words(words: Mapping[str, list[str]]) -> dict[tuple[str, ...], str]:
    return {keys_of(word): name for name, texts in words.items() for word in texts}
