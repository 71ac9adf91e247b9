"""The last parts of several prompts as one batch, in which shared tokens occur only once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.llm.kv_cache.cells import Cell, common_prefix_length
from assistant.llm.llama import BatchToken


@dataclass(frozen=True, slots=True)
class PromptTail:
    """The last part of a prompt, still to be decoded.

    Attributes:
        seq_id: the sequence of the prompt.
        cached: the cells that the sequence already holds.
        tokens: the tokens after them; at least one.
        scored_next: for each of the last tokens, the next token whose log-probability to compute,
            or None. Empty if no log-probabilities are wanted.
    """

    seq_id: int
    cached: Sequence[Cell]
    tokens: Sequence[int]
    scored_next: Sequence[int | None] = ()


def batch_with_shared_prefix(tails: Sequence[PromptTail]) -> list[BatchToken]:
    """Return the tokens of all tails, with logits after the last token of each, in order.

    If tails begin with the same tokens after the same cached cells, these tokens are decoded once;
    their ``seq_id`` is that of the first tail. The last token of a tail is never shared. A tail
    with ``scored_next`` shares no tokens of earlier tails, since its log-probabilities are
    attributed by ``seq_id``.
    """
    batch: list[BatchToken] = []
    paths: list[list[int]] = []  # for each tail, the indices of its tokens in the batch
    for tail in tails:
        others = [] if tail.scored_next else tails
        shared = [path[: _shared(tail, other)] for other, path in zip(others, paths, strict=False)]
        path = max(shared, key=len, default=[])
        for index in path:
            token = batch[index]
            batch[index] = replace(token, shared_with=(*token.shared_with, tail.seq_id))
        for i, token_id in enumerate(tail.tokens[len(path) :], len(path)):
            path.append(len(batch))
            batch.append(
                BatchToken(
                    token_id,
                    position=len(tail.cached) + i,
                    seq_id=tail.seq_id,
                    wants_logits=i == len(tail.tokens) - 1,
                    scored_next=_scored_next(tail, i),
                )
            )
        paths.append(path)
    return batch


def _scored_next(tail: PromptTail, index: int) -> int | None:
    first = len(tail.tokens) - len(tail.scored_next)
    return tail.scored_next[index - first] if index >= first else None


def _shared(a: PromptTail, b: PromptTail) -> int:
    if list(a.cached) != list(b.cached):
        return 0
    return common_prefix_length(a.tokens[:-1], b.tokens[:-1])
