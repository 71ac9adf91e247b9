"""Drafting: guessing the next tokens of an answer from what stands in its prompt.

Answers copy names, numbers and phrases from the evidence. Where the last tokens stand in the prompt
too, what follows them there is likely to be written next. The model reads the guess in one batch
with the token before it, which costs less than token by token, and what it would not have written
itself is dropped: the answer is the same.

Design notes: docs/design/decoding-and-prefill.md
"""

from collections.abc import Sequence

# A single token stands in too many places to tell which goes on; of longer pieces the longest
# that stands elsewhere is the surest.
_LONGEST, _SHORTEST = 5, 2


def lookup_draft(tokens: Sequence[int], count: int) -> list[int]:
    """Return up to ``count`` tokens that may come next; none if there is nothing to go by.

    Args:
        tokens: of the prompt and of what is written.
        count: how many at most.
    """
    if count <= 0:
        return []
    for length in range(min(_LONGEST, len(tokens) - 1), _SHORTEST - 1, -1):
        ending = tokens[-length:]
        for start in range(len(tokens) - length - 1, -1, -1):
            if (
                tokens[start + length - 1] == ending[-1]
                and tokens[start : start + length] == ending
            ):
                return list(tokens[start + length : start + length + count])
    return []
