"""The example phrasings of requests in `requests.toml`."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from assistant.answering.metadata.tokens import keys_of
from assistant.text.words import content_words

_FILE = Path(__file__).with_name("requests.toml")


@lru_cache(maxsize=1)
def load_examples() -> Mapping[str, tuple[str, ...]]:
    """Return the example phrasings of each request."""
    record = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {request["name"]: tuple(request["examples"]) for request in record["request"]}


@lru_cache(maxsize=65_536)
def is_form_word(key: str) -> bool:
    """Return whether a folded word belongs to the form of questions and is no subject.

    These are function words and the words of the examples.
    """
    return key in _example_words() or not content_words(key)


@lru_cache(maxsize=1)
def _example_words() -> frozenset[str]:
    return frozenset(
        key for examples in load_examples().values() for text in examples for key in keys_of(text)
    )
