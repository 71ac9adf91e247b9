"""log P(question given papers): which tokens to score, and the sum for each prompt."""

from collections.abc import Sequence

from assistant.llm.kv_cache.cell_plan import CellPlan
from assistant.llm.kv_cache.cells import token_of
from assistant.llm.llama import BatchToken

# The maximum number of tokens to score after the last block. Few questions are longer, and the
# beginning of a longer one is just as informative. Each token takes a row of logits in memory.
_MAX_TOKENS = 32


def scored_next_tokens(plan: CellPlan) -> tuple[int | None, ...]:
    """Return the token to score after each token that follows the last block; None for no token.

    The token after the user's message is scored too: that the question ends there is part of its
    likelihood.
    """
    following = [*map(token_of, plan.cells[plan.blocks_end + 1 :]), None]
    count = min(plan.question_end - plan.blocks_end, _MAX_TOKENS)
    return (*following[:count], *[None] * (len(following) - count))


def sum_by_sequence(
    batch: Sequence[BatchToken], log_probabilities: Sequence[float]
) -> dict[int, float]:
    """Return the sum of the log-probabilities of each sequence with scored tokens.

    Args:
        batch: the tokens that were decoded.
        log_probabilities: the log-probabilities of their ``scored_next``, in order.
    """
    scored = (token for token in batch if token.scored_next is not None)
    sums: dict[int, float] = {}
    for token, log_probability in zip(scored, log_probabilities, strict=True):
        sums[token.seq_id] = sums.get(token.seq_id, 0.0) + log_probability
    return sums
