"""Whether a question asks for the newest or the oldest papers, and for how many."""

from collections.abc import Iterator, Sequence

from assistant.answering.metadata.entities.mention import Entities
from assistant.answering.metadata.words.tokens import NUMBERS, Token
from assistant.answering.metadata.words.vocabulary import vocabulary

# The number of papers for "the newest papers".
_FEW = 5
_MAX_NUMBER = 99


def number_in(entities: Entities) -> int:
    """Return how many of the newest or oldest papers a question asks for."""
    for token in entities.uncovered():
        if token.text.isdigit() and 0 < int(token.text) <= _MAX_NUMBER:
            return int(token.text)
        if token.key in NUMBERS:
            return NUMBERS[token.key]
    # "Which of the papers is the newest?" asks for one, unlike "the newest papers".
    after = _after_order(entities)
    return _FEW if has_plural(entities.tokens if after is None else after) else 1


def order_in(entities: Entities) -> str:
    """Return "newest" or "oldest" if a question asks for either; otherwise an empty string."""
    for order, rest in _orders(entities):
        if not rest or rest[0].key != "first":  # "newest first" sorts, and does not select
            return order
    return ""


def _after_order(entities: Entities) -> Sequence[Token] | None:
    """Return the tokens after the word for "newest" or "oldest"; None if there is none."""
    return next((rest for _, rest in _orders(entities)), None)


def _orders(entities: Entities) -> Iterator[tuple[str, Sequence[Token]]]:
    """Yield "newest" or "oldest" for each mention of either, with the tokens after it."""
    tokens = list(entities.uncovered())
    keys = tuple(token.key for token in tokens)
    for words, order in vocabulary().order.items():
        for start in range(len(keys) - len(words) + 1):
            if keys[start : start + len(words)] == words:
                yield order, tokens[start + len(words) :]


def has_plural(tokens: Sequence[Token]) -> bool:
    """Return whether the tokens ask for several papers."""
    return any(token.key in vocabulary().plurals for token in tokens)
