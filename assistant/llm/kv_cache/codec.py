"""The cells of a reading as they lie on disk: in half the room, and so that some can be taken out.

llama.cpp saves a sequence with 16 bits a value. On disk a value takes 8, with one scale for each 32
neighbours, as in llama.cpp's own type ``q8_0``: 0.53 of the room. In the context the cells stay
16-bit numbers, which the CPU kernels compute faster with. Of a packed reading single cells are
unpacked, because a question needs those of some sentences only.

What llama.cpp saves is a header, a table of cells, the keys of each layer, and the values of each
layer, a row a cell, in the order in which the cells lie in its memory. Packed they lie in the order
of their positions. A state that looks otherwise is kept as it is.

Design notes: docs/design/reading-cache.md
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.llm.rope import Rope

Values: TypeAlias = npt.NDArray[np.float32]

# The first byte tells how the rest is laid out: another layout needs another byte.
_PACKED, _AS_IS = b"\1", b"\0"
_F16, _Q8_0 = 1, 8  # GGML_TYPE_...
_BLOCK = 32
_Q8_0_BLOCK = np.dtype([("scale", "<f2"), ("whole", "i1", _BLOCK)])
_LARGEST = 127
# Magic number, sequence, streams, cells; then each cell: position, sequences (one), its number.
_HEADER = struct.Struct("<IIII")
_CELL = np.dtype([("position", "<i4"), ("sequences", "<u4"), ("sequence", "<u4")])
# Whether values are transposed, layers; then for each layer: type, bytes a row.
_LAYERS = struct.Struct("<II")
_ROWS = struct.Struct("<IQ")


@dataclass(frozen=True, slots=True)
class _State:
    """A saved sequence.

    Attributes:
        magic: what the state begins with.
        sequence: the number that it was saved with.
        cells: the table of cells.
        kind: the type of what stands in the rows.
        rows: of keys, then of values; shape (2 x layers, cells, bytes of a row).
    """

    magic: int
    sequence: int
    cells: npt.NDArray[np.void]
    kind: int
    rows: npt.NDArray[np.uint8]

    @property
    def values(self) -> Values:
        """The keys, then the values, shape (2 x layers, cells, values)."""
        if self.kind == _F16:
            return self.rows.view("<f2").astype(np.float32)
        blocks = self.rows.view(_Q8_0_BLOCK)
        values = blocks["whole"] * blocks["scale"].astype(np.float32)[..., None]
        return values.reshape(*self.rows.shape[:2], -1)


def pack(state: bytes) -> bytes:
    """Return a saved sequence as it is kept on disk."""
    parsed = _parsed(state)
    if parsed is None or parsed.kind != _F16:
        return _AS_IS + state
    rows = parsed.values
    blocks = rows.reshape(*rows.shape[:2], -1, _BLOCK)
    scales = (np.abs(blocks).max(axis=-1) / _LARGEST).astype(np.float16)
    safe = np.where(scales > 0, scales, 1).astype(np.float32)
    whole = np.rint(blocks / safe[..., None]).clip(-_LARGEST, _LARGEST).astype(np.int8)
    shape = struct.pack("<III", *rows.shape)
    head = _HEADER.pack(parsed.magic, parsed.sequence, 1, len(parsed.cells))
    parts = (head, shape, parsed.cells.tobytes(), scales.tobytes(), whole.tobytes())
    return _PACKED + b"".join(parts)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Cells of a reading, to be restored.

    Attributes:
        state: the saved sequence; empty if the reading is laid out in another way.
        first: the place in the reading of its first cell.
        moved: whether the cells stand where they were wanted; otherwise they stand where they were
            read, and if they could not be packed, all of the reading does.
    """

    state: bytes | bytearray
    first: int
    moved: bool


def unpack(
    data: bytes, places: Sequence[int], rotary: Rope | None = None, start: int = 0
) -> Unpacked:
    """Return some cells of a reading.

    Args:
        data: as it lies on disk.
        places: of the wanted cells in the reading; they rise.
        rotary: how to move them; None to leave them where they were read.
        start: the position to which the first is moved; the others follow it.
    """
    if data[:1] == _AS_IS:
        return Unpacked(data[1:], 0, moved=False)
    if data[:1] != _PACKED:
        return Unpacked(b"", 0, moved=False)
    magic, sequence, streams, count = _HEADER.unpack_from(data, 1)
    at = 1 + _HEADER.size
    layers, _, width = struct.unpack_from("<III", data, at)
    at += 12
    cells = np.frombuffer(data, _CELL, count, at)
    at += cells.nbytes
    blocks = width // _BLOCK
    scales = np.frombuffer(data, "<f2", layers * count * blocks, at)
    at += scales.nbytes
    whole = np.frombuffer(data, np.int8, layers * count * width, at)

    kept = np.asarray(places, dtype=np.intp)
    cells = cells[kept]
    moving = None
    if rotary is not None:
        positions = np.arange(start, start + len(kept))
        moving = rotary.moving(positions - cells["position"])
        cells["position"] = positions
    scales = scales.reshape(layers, count, blocks, 1)[:, kept].astype(np.float32)
    whole = whole.reshape(layers, count, blocks, _BLOCK)
    head = _HEADER.pack(magic, sequence, streams, len(kept)) + cells.tobytes()
    head += _LAYERS.pack(0, layers // 2)
    # Megabytes: they are written where they stay.
    state = bytearray(len(head) + layers * (_ROWS.size + 2 * width * len(kept)))
    state[: len(head)] = head
    each = np.frombuffer(state, np.uint8, offset=len(head)).reshape(layers, -1)
    each[:, : _ROWS.size] = np.frombuffer(_ROWS.pack(_F16, 2 * width), np.uint8)
    rows = each[:, _ROWS.size :].view("<f2")
    # Layer by layer, so that what is computed stays in the processor's cache.
    for layer in range(layers):
        values = whole[layer, kept] * scales[layer]
        if moving is not None and layer < layers // 2:
            moving(values.reshape(len(kept), width))
        rows[layer] = values.ravel()
    return Unpacked(state, places[0], moved=moving is not None)


def rows_of(state: bytes | bytearray) -> Values | None:
    """Return the keys, then the values of a saved sequence by their positions.

    Their shape is (2 x layers, cells, values). None if the state is not laid out as expected.
    """
    parsed = _parsed(state)
    return None if parsed is None else parsed.values


def _parsed(state: bytes | bytearray) -> _State | None:
    """Return a saved sequence in its parts; None if it is not laid out as expected."""
    if len(state) < _HEADER.size:
        return None
    magic, sequence, streams, count = _HEADER.unpack_from(state)
    start = _HEADER.size
    if streams != 1 or count == 0 or len(state) < start + count * _CELL.itemsize + _LAYERS.size:
        return None
    cells = np.frombuffer(state, _CELL, count, start)
    start += cells.nbytes
    transposed, layers = _LAYERS.unpack_from(state, start)
    start += _LAYERS.size
    if transposed or (cells["sequences"] != 1).any() or len(state) < start + _ROWS.size:
        return None
    kind, row_bytes = _ROWS.unpack_from(state, start)
    each = _ROWS.size + count * row_bytes
    block_bytes = {_F16: 2 * _BLOCK, _Q8_0: _Q8_0_BLOCK.itemsize}.get(kind)
    if block_bytes is None or row_bytes % block_bytes:
        return None
    if len(state) != start + 2 * layers * each:
        return None
    parts = np.frombuffer(state, np.uint8, offset=start).reshape(2 * layers, each)
    head = np.frombuffer(_ROWS.pack(kind, row_bytes), np.uint8)
    if (parts[:, : _ROWS.size] != head).any():
        return None
    order = np.argsort(cells["position"])
    if (np.diff(cells["position"][order]) != 1).any():
        return None
    rows = parts[:, _ROWS.size :].reshape(2 * layers, count, row_bytes)[:, order]
    return _State(magic, sequence, cells[order], kind, np.ascontiguousarray(rows))
