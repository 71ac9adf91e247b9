"""The format of cached cells on disk: half the size, and cells can be read individually.

llama.cpp saves a sequence with 16 bits per value. On disk a value takes 8 bits, with one scale for
each 32 neighbouring values, as in llama.cpp's type ``q8_0``: 0.53 of the size. In the context the
cells stay 16-bit, which is faster for the CPU kernels. Cells can be unpacked individually, because
a question needs the cells of only some sentences.

A saved state of llama.cpp is a header, a table of cells, the keys of each layer, and the values of
each layer, one row per cell, in the order of the cells in memory. Packed cells are in the order of
their positions. A state with another layout is stored unchanged.

Design notes: docs/design/reading-cache.md
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.llm.llama.rope import Rope

KvVectors: TypeAlias = npt.NDArray[np.float32]
"""Key or value vectors of the KV cache."""

# The first byte identifies the format. A change to the format needs a new byte.
_PACKED, _UNCHANGED = b"\1", b"\0"
_F16, _Q8_0 = 1, 8  # GGML_TYPE_...
_BLOCK = 32
_Q8_0_BLOCK = np.dtype([("scale", "<f2"), ("quants", "i1", _BLOCK)])
_MAX_QUANT = 127
# Magic number, sequence, number of streams, number of cells. Then for each cell: position, number
# of sequences (one), sequence.
_HEADER = struct.Struct("<IIII")
_CELL = np.dtype([("position", "<i4"), ("sequences", "<u4"), ("sequence", "<u4")])
# Whether values are transposed, number of layers. Then for each layer: type, bytes per row.
_LAYERS = struct.Struct("<II")
_ROWS = struct.Struct("<IQ")


@dataclass(frozen=True, slots=True)
class _State:
    """A parsed state of llama.cpp.

    Attributes:
        magic: the magic number.
        sequence: the sequence that it was saved from.
        cells: the table of cells, by position.
        kind: the type of the rows.
        rows: the rows of keys, then those of values; shape (2 x layers, cells, bytes per row).
    """

    magic: int
    sequence: int
    cells: npt.NDArray[np.void]
    kind: int
    rows: npt.NDArray[np.uint8]

    @property
    def vectors(self) -> KvVectors:
        """The keys, then the values; shape (2 x layers, cells, vector size)."""
        if self.kind == _F16:
            return self.rows.view("<f2").astype(np.float32)
        blocks = self.rows.view(_Q8_0_BLOCK)
        values = blocks["quants"] * blocks["scale"].astype(np.float32)[..., None]
        return values.reshape(*self.rows.shape[:2], -1)


def pack(state: bytes) -> bytes:
    """Convert a saved state to the on-disk format."""
    parsed = _parse(state)
    if parsed is None or parsed.kind != _F16:
        return _UNCHANGED + state
    rows = parsed.vectors
    blocks = rows.reshape(*rows.shape[:2], -1, _BLOCK)
    scales = (np.abs(blocks).max(axis=-1) / _MAX_QUANT).astype(np.float16)
    divisors = np.where(scales > 0, scales, 1).astype(np.float32)
    quants = np.rint(blocks / divisors[..., None]).clip(-_MAX_QUANT, _MAX_QUANT).astype(np.int8)
    shape = struct.pack("<III", *rows.shape)
    header = _HEADER.pack(parsed.magic, parsed.sequence, 1, len(parsed.cells))
    parts = (header, shape, parsed.cells.tobytes(), scales.tobytes(), quants.tobytes())
    return _PACKED + b"".join(parts)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A state to restore.

    Attributes:
        state: the state; empty if the format is unknown.
        first_index: the index, in the cached entry, of the first cell in the state.
        at_target_positions: whether the cells are at their target positions. Otherwise they are at
            the positions where they were computed. An unchanged state contains all cells of the
            entry.
    """

    state: bytes | bytearray
    first_index: int
    at_target_positions: bool


def unpack(
    data: bytes, indices: Sequence[int], rope: Rope | None = None, start: int = 0
) -> Unpacked:
    """Build a state from some of the cells of a cached entry.

    Args:
        data: the entry, as `pack` returned it.
        indices: the indices of the cells in the entry, ascending.
        rope: used to move the cells; None to leave them where they were computed.
        start: target position of the first cell; the others follow it without gaps.
    """
    if data[:1] == _UNCHANGED:
        return Unpacked(data[1:], 0, at_target_positions=False)
    if data[:1] != _PACKED:
        return Unpacked(b"", 0, at_target_positions=False)
    magic, sequence, streams, count = _HEADER.unpack_from(data, 1)
    offset = 1 + _HEADER.size
    layers, _, width = struct.unpack_from("<III", data, offset)
    offset += 12
    cells = np.frombuffer(data, _CELL, count, offset)
    offset += cells.nbytes
    blocks = width // _BLOCK
    scales = np.frombuffer(data, "<f2", layers * count * blocks, offset)
    offset += scales.nbytes
    quants = np.frombuffer(data, np.int8, layers * count * width, offset)

    selected = np.asarray(indices, dtype=np.intp)
    cells = cells[selected]
    shift = None
    if rope is not None:
        positions = np.arange(start, start + len(selected))
        shift = rope.shift_by(positions - cells["position"])
        cells["position"] = positions
    scales = scales.reshape(layers, count, blocks, 1)[:, selected].astype(np.float32)
    quants = quants.reshape(layers, count, blocks, _BLOCK)
    header = _HEADER.pack(magic, sequence, streams, len(selected)) + cells.tobytes()
    header += _LAYERS.pack(0, layers // 2)
    # The rows take megabytes: write them directly to their final place instead of joining copies.
    state = bytearray(len(header) + layers * (_ROWS.size + 2 * width * len(selected)))
    state[: len(header)] = header
    by_layer = np.frombuffer(state, np.uint8, offset=len(header)).reshape(layers, -1)
    by_layer[:, : _ROWS.size] = np.frombuffer(_ROWS.pack(_F16, 2 * width), np.uint8)
    rows = by_layer[:, _ROWS.size :].view("<f2")
    # Layer by layer, so that intermediate results stay in the CPU cache.
    for layer in range(layers):
        values = quants[layer, selected] * scales[layer]
        if shift is not None and layer < layers // 2:
            shift(values.reshape(len(selected), width))
        rows[layer] = values.ravel()
    return Unpacked(state, indices[0], at_target_positions=shift is not None)


def keys_and_values(state: bytes | bytearray) -> KvVectors | None:
    """Return the keys, then the values of a saved state, cells by position.

    Shape (2 x layers, cells, vector size). None if the state has an unknown layout.
    """
    parsed = _parse(state)
    return None if parsed is None else parsed.vectors


def _parse(state: bytes | bytearray) -> _State | None:
    """Parse a saved state; None if it has an unknown layout."""
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
    layer_bytes = _ROWS.size + count * row_bytes
    block_bytes = {_F16: 2 * _BLOCK, _Q8_0: _Q8_0_BLOCK.itemsize}.get(kind)
    if block_bytes is None or row_bytes % block_bytes:
        return None
    if len(state) != start + 2 * layers * layer_bytes:
        return None
    by_layer = np.frombuffer(state, np.uint8, offset=start).reshape(2 * layers, layer_bytes)
    header = np.frombuffer(_ROWS.pack(kind, row_bytes), np.uint8)
    if (by_layer[:, : _ROWS.size] != header).any():
        return None
    order = np.argsort(cells["position"])
    if (np.diff(cells["position"][order]) != 1).any():
        return None
    rows = by_layer[:, _ROWS.size :].reshape(2 * layers, count, row_bytes)[:, order]
    return _State(magic, sequence, cells[order], kind, np.ascontiguousarray(rows))
