"""The versions of the turns of a conversation.

Each exchange records which one it follows. Exchanges that follow the same one are versions of one
turn. One version is shown, with the turns that follow it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Node:
    """An exchange in the tree of a conversation.

    Attributes:
        number: the exchange's number.
        follows: the number of the exchange before it; 0 if it is a version of the first turn.
        chosen: a counter; the version with the highest value is the one shown.
        removed: whether it was removed. What follows it is then attached to the exchange before it.
    """

    number: int
    follows: int
    chosen: int
    removed: bool


class VersionTree:
    """The exchanges of one conversation, without the removed ones."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        by_number = {node.number: node for node in nodes}
        self._before: dict[int, int] = {}
        self._versions: dict[int, list[Node]] = defaultdict(list)
        for node in sorted(nodes, key=lambda one: one.number):
            if node.removed:
                continue
            before = by_number.get(node.follows)
            while before is not None and before.removed:
                before = by_number.get(before.follows)
            self._before[node.number] = before.number if before else 0
            self._versions[self._before[node.number]].append(node)

    def shown(self) -> Iterator[int]:
        """Yield the numbers of the shown exchanges, in order."""
        at = 0
        while versions := self._versions.get(at):
            at = max(versions, key=lambda one: (one.chosen, one.number)).number
            yield at

    def __contains__(self, number: int) -> bool:
        """Return whether the conversation has an exchange."""
        return number in self._before

    def path(self, number: int) -> list[int]:
        """Return the numbers of the exchanges that lead to an exchange, and its own number."""
        path = []
        while number:
            path.append(number)
            number = self._before[number]
        return path[::-1]

    def versions(self, number: int) -> tuple[int, ...]:
        """Return the numbers of all versions of an exchange, including itself, oldest first."""
        return tuple(one.number for one in self._versions[self._before[number]])

    def branch(self, number: int) -> list[int]:
        """Return the numbers of an exchange and of all exchanges after it, in any version."""
        branch = [number]
        for one in branch:  # grows during the iteration
            branch += [node.number for node in self._versions.get(one, ())]
        return branch
