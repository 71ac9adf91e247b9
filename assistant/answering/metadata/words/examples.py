"""The example phrasings of requests in `requests.toml`."""

import itertools
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.answering.metadata.words.tokens import fold, keys_of
from assistant.text.words import content_words

# Words of fewer examples may as well be part of a topic.
_MIN_EXAMPLES = 3
NOT_ABOUT_RECORDS = "none"
"""The request whose examples are about what abstracts say. Their words belong to topics."""
_FILE = Path(__file__).with_name("requests.toml")


@lru_cache(maxsize=1)
def load_examples() -> Mapping[str, tuple[str, ...]]:
    """Return the example phrasings of each request."""
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {request["name"]: tuple(request["examples"]) for request in record["request"]}


@lru_cache(maxsize=1)
def load_synonyms() -> Mapping[str, str]:
    """Return a mapping from each synonym to the word that it is replaced with."""
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {word: name for name, words in record["synonyms"].items() for word in words}


@lru_cache(maxsize=65_536)
def is_form_word(word: str) -> bool:
    """Return whether a word belongs to the phrasing of questions rather than to a topic or name.

    These are function words, synonyms, and the words that several examples have.
    """
    return not content_words(word) or fold(word) in _example_words()


@lru_cache(maxsize=1)
def _example_words() -> frozenset[str]:
    counts = Counter(
        key
        for name, texts in load_examples().items()
        if name != NOT_ABOUT_RECORDS
        for text in texts
        for key in set(keys_of(text))
    )
    frequent = (key for key, count in counts.items() if count >= _MIN_EXAMPLES)
    return frozenset([*frequent, *itertools.chain(*map(keys_of, load_synonyms()))])
