"""The slots of the context: allocating them to prompts, and sharing cells between them.

Each slot is one sequence of the KV cache. Cells that several prompts have in common (the prefix, or
a shared block) are stored once: a cell may belong to many sequences.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.llm.kv_cache.cells import Cell, Segment, common_prefix_length, token_of
from assistant.llm.llama import LlamaContext

SLOTS = 8
# Two more sequences: one for a state restored from the reading cache, and one for a range of its
# cells while they are moved.
SCRATCH_SEQ_IDS = (SLOTS, SLOTS + 1)
SEQUENCES = SLOTS + len(SCRATCH_SEQ_IDS)


@dataclass(slots=True, eq=False)
class Slot:
    """A sequence of the KV cache that holds a prompt and its answer.

    Attributes:
        seq_id: the sequence.
        cells: what the sequence holds.
        in_use: whether the slot is allocated; a free slot keeps its cells for reuse.
        reserved_cells: number of cells that it needs until it is freed; 0 if it is free.
        last_used: a counter of use; a higher number is more recent.
    """

    seq_id: int
    cells: list[Cell] = field(default_factory=list)
    in_use: bool = False
    reserved_cells: int = 0
    last_used: int = 0

    @property
    def tokens(self) -> list[int]:
        """The tokens of its cells."""
        return [token_of(cell) for cell in self.cells]

    @property
    def required_cells(self) -> int:
        """The number of cells of the context that it uses, or will use before it is freed."""
        return max(len(self.cells), self.reserved_cells)


class SlotPool:
    """All slots of a context. Use it on the worker's thread only."""

    def __init__(self, llama: LlamaContext) -> None:
        self._llama = llama
        self._slots = [Slot(seq_id) for seq_id in range(SLOTS)]
        self._uses = itertools.count(1)

    def allocate(self, cells: Sequence[Cell], required: int) -> Slot | None:
        """Allocate the free slot with the longest prefix in common with a prompt.

        The least recently used free slots are cleared until there is enough room.

        Args:
            cells: the prompt's cells.
            required: number of cells that the prompt and its answer need.

        Returns:
            The slot; None if no slot is free, or the slots in use leave too little room.
        """
        idle = sorted((slot for slot in self._slots if not slot.in_use), key=lambda s: s.last_used)
        if not idle:
            return None
        best = max(
            idle, key=lambda slot: (common_prefix_length(slot.cells, cells), -slot.last_used)
        )
        idle.remove(best)
        # A cell that several slots share is counted for each, so this is an upper bound.
        others = sum(slot.required_cells for slot in self._slots if slot is not best)
        for slot in idle:
            if others + required <= self._llama.context_tokens:
                break
            others -= len(slot.cells)
            self._clear(slot)
        if others + required > self._llama.context_tokens:
            return None
        best.in_use = True
        best.reserved_cells = required
        return best

    def free(self, slot: Slot) -> None:
        """Make a slot available to other prompts; its cells are kept until then."""
        slot.in_use = False
        slot.reserved_cells = 0
        slot.last_used = next(self._uses)

    def abandon(self, slot: Slot) -> None:
        """Free a slot whose prefill was interrupted, and remove cells that may be incomplete."""
        self._llama.remove(slot.seq_id, len(slot.cells))
        self.free(slot)

    def reuse_prefix(self, slot: Slot, cells: Sequence[Cell]) -> None:
        """Cut a slot to its common prefix with a prompt, and extend it from the best other slot."""
        kept = common_prefix_length(slot.cells, cells)
        self._llama.remove(slot.seq_id, kept)
        del slot.cells[kept:]
        best = max(self._slots, key=lambda other: common_prefix_length(other.cells, cells))
        end = common_prefix_length(best.cells, cells)
        if end > kept:
            self._llama.copy(best.seq_id, slot.seq_id, kept, end)
            slot.cells += cells[kept:end]

    def share_segment(self, slot: Slot, segment: Segment) -> bool:
        """Append restored cells from another slot that has them at the same positions.

        Restored cells do not depend on the prompt they are restored into.

        Returns:
            Whether there is such a slot.
        """
        for other in self._slots:
            same = tuple(other.cells[segment.start : segment.end]) == segment.cells
            if other is not slot and same:
                self._llama.copy(other.seq_id, slot.seq_id, segment.start, segment.end)
                slot.cells += segment.cells
                return True
        return False

    def _clear(self, slot: Slot) -> None:
        self._llama.remove(slot.seq_id)
        slot.cells.clear()
