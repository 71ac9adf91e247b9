"""Moving cells between slots and the reading cache.

The cells of a block are computed right after the prefix. To use them at other positions, they are
moved: usually while they are unpacked, by rotating their keys; otherwise by llama.cpp.

Design notes: docs/design/reading-cache.md
"""

from collections.abc import Sequence

import numpy as np

from assistant.llm.kv_cache.cells import RestoredCell, Segment, contiguous_ranges
from assistant.llm.kv_cache.codec import keys_and_values, pack, unpack
from assistant.llm.kv_cache.reading_cache import ReadingCache
from assistant.llm.kv_cache.slots import SCRATCH_SEQ_IDS, Slot
from assistant.llm.llama import BatchToken, LlamaContext
from assistant.llm.llama.rope import Rope

_SCRATCH_RESTORED, _SCRATCH_MOVE = SCRATCH_SEQ_IDS
_TEST_OFFSET = 1_000


class CellStore:
    """Restores cells from the reading cache and stores them there. For the worker's thread only."""

    def __init__(self, llama: LlamaContext, reading_cache: ReadingCache) -> None:
        self._llama = llama
        self._reading_cache = reading_cache
        self._rope = _verified_rope(llama)

    def __contains__(self, key: str) -> bool:
        return key in self._reading_cache

    def store(self, key: str, slot: Slot, start: int, end: int) -> None:
        """Store the cells of a slot from ``start`` to ``end``, exclusive."""
        self._reading_cache.store(key, pack(save_cells(self._llama, slot, start, end)))

    def restore(self, slot: Slot, segment: Segment) -> bool:
        """Append the cells of a segment to a slot.

        Returns:
            Whether it succeeded. If not, the entry was damaged and has been discarded.
        """
        llama = self._llama
        assert segment.key is not None
        indices = [cell.index for cell in segment.cells if isinstance(cell, RestoredCell)]
        packed = self._reading_cache.load(segment.key)
        unpacked = unpack(packed, indices, self._rope, segment.start) if packed else None
        if unpacked is None or not llama.restore(_SCRATCH_RESTORED, unpacked.state):
            llama.remove(_SCRATCH_RESTORED)
            self._reading_cache.discard(segment.key)
            return False
        if unpacked.at_target_positions:
            llama.copy(_SCRATCH_RESTORED, slot.seq_id, segment.start, segment.end)
        else:
            self._move(indices, unpacked.first_index, slot, segment.start)
        llama.remove(_SCRATCH_RESTORED)
        slot.cells += segment.cells
        return True

    def _move(self, indices: Sequence[int], first_index: int, slot: Slot, target: int) -> None:
        """Have llama.cpp move restored cells to consecutive positions of a slot."""
        llama = self._llama
        # Restored cells are at the positions where they were computed.
        first = llama.first_position(_SCRATCH_RESTORED) - first_index
        for start, end in contiguous_ranges(indices):
            llama.copy(_SCRATCH_RESTORED, _SCRATCH_MOVE, first + start, first + end)
            llama.remove(_SCRATCH_RESTORED, first + start, first + end)
            llama.shift(_SCRATCH_MOVE, first + start, first + end, target - first - start)
            target += end - start
            llama.copy(_SCRATCH_MOVE, slot.seq_id, 0, target)
            llama.remove(_SCRATCH_MOVE)


def save_cells(llama: LlamaContext, slot: Slot, start: int, end: int) -> bytes:
    """Return the state of a slot's cells from ``start`` to ``end``, exclusive."""
    llama.copy(slot.seq_id, _SCRATCH_RESTORED, start, end)
    try:
        return llama.save(_SCRATCH_RESTORED)
    finally:
        llama.remove(_SCRATCH_RESTORED)


def _verified_rope(llama: LlamaContext) -> Rope | None:
    """Return the model's RoPE parameters if moving a key with them gives llama.cpp's result."""
    rope = llama.model.rope()
    if rope is None:
        return None
    try:
        llama.decode([BatchToken(token=0, position=0, seq_id=_SCRATCH_RESTORED)])
        packed = pack(llama.save(_SCRATCH_RESTORED))
        ours = keys_and_values(unpack(packed, [0], rope, _TEST_OFFSET).state)
        if ours is None or not llama.restore(_SCRATCH_MOVE, unpack(packed, [0]).state):
            return None
        llama.shift(_SCRATCH_MOVE, 0, 1, _TEST_OFFSET)
        llama.decode(
            [BatchToken(token=0, position=1, seq_id=_SCRATCH_RESTORED)]
        )  # applies the shift
        theirs = keys_and_values(llama.save(_SCRATCH_MOVE))
    finally:
        llama.remove(_SCRATCH_RESTORED)
        llama.remove(_SCRATCH_MOVE)
    agrees = theirs is not None and np.allclose(ours, theirs, rtol=0.01, atol=0.01)
    return rope if agrees else None
