"""What several prompts go on with, as one batch: what they have in common stands in it once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.llm.kv_cache.cells import Cell, shared_cells
from assistant.llm.llama import Entry


@dataclass(frozen=True, slots=True)
class Rest:
    """The last part of a prompt, which is still to be read.

    Attributes:
        sequence: where the prompt stands.
        before: the cells that stand there already.
        tokens: those to be read behind them; at least one.
        followers: what may come after each of the last tokens, where it is wanted how probable they
            make it.
    """

    sequence: int
    before: Sequence[Cell]
    tokens: Sequence[int]
    followers: Sequence[int | None] = ()


def batch_with_shared_prefix(rests: Sequence[Rest]) -> list[Entry]:
    """Return the tokens of all rests, so that the logits after each rest's last come in order.

    A token that rests share, after cells that they share, is an entry of them all; it counts as
    the first one's. The last token of a rest is its own, and so are all of one whose followers are
    wanted.
    """
    entries: list[Entry] = []
    paths: list[list[int]] = []  # of each rest, the places of its tokens among the entries
    for rest in rests:
        # The tokens whose followers are wanted are its own.
        others = [] if rest.followers else rests
        shared = [path[: _shared(rest, other)] for other, path in zip(others, paths, strict=False)]
        path = max(shared, key=len, default=[])
        for place in path:
            entry = entries[place]
            entries[place] = replace(entry, others=(*entry.others, rest.sequence))
        for i, token in enumerate(rest.tokens[len(path) :], len(path)):
            path.append(len(entries))
            entries.append(
                Entry(
                    token,
                    position=len(rest.before) + i,
                    sequence=rest.sequence,
                    wanted=i == len(rest.tokens) - 1,
                    follower=_follower(rest, i),
                )
            )
        paths.append(path)
    return entries


def _follower(rest: Rest, place: int) -> int | None:
    first = len(rest.tokens) - len(rest.followers)
    return rest.followers[place - first] if place >= first else None


def _shared(a: Rest, b: Rest) -> int:
    if list(a.before) != list(b.before):
        return 0
    return shared_cells(a.tokens[:-1], b.tokens[:-1])
