"""Prompt lookup decoding: drafting the next tokens of an answer from its prompt.

Answers copy names, numbers and phrases from the evidence. If the last tokens also occur earlier,
the tokens that follow there are a likely continuation. The model verifies the draft in one batch
with the last token, which is cheaper than decoding token by token. Draft tokens that the
model would not have generated are discarded, so the answer is the same.

Design notes: docs/design/decoding-and-prefill.md
"""

from collections.abc import Sequence

# A single token occurs in too many places to predict the next one. A longer match is more reliable.
_MAX_NGRAM, _MIN_NGRAM = 5, 2


def lookup_draft(tokens: Sequence[int], count: int) -> list[int]:
    """Return up to ``count`` tokens that may come next; none if there is no match.

    The longest suffix that also occurs earlier is used; of several matches, the last one.

    Args:
        tokens: the prompt and the answer so far.
        count: maximum length of the draft.
    """
    if count <= 0:
        return []
    for length in range(min(_MAX_NGRAM, len(tokens) - 1), _MIN_NGRAM - 1, -1):
        ending = tokens[-length:]
        for start in range(len(tokens) - length - 1, -1, -1):
            if (
                tokens[start + length - 1] == ending[-1]
                and tokens[start : start + length] == ending
            ):
                return list(tokens[start + length : start + length + count])
    return []
