"""Rotary position embedding (RoPE): moving cached keys to other positions.

RoPE (Su et al. 2021, arXiv 2104.09864) rotates pairs of a key's values by angles that grow with its
position. A key is moved to another position by rotating it further. llama.cpp can do that as well,
but it then processes its whole context, however few cells are moved.

Design notes: docs/design/reading-cache.md
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Keys: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Rope:
    """The RoPE parameters of a model.

    Attributes:
        head_dim: number of values of a key per head.
        frequencies: rotation of each pair per position, in radians. The pairs consist of the first
            ``2 * len(frequencies)`` values of a head.
        interleaved: whether a pair is two neighbouring values (NORM). Otherwise its values are
            ``len(frequencies)`` apart (NEOX).
    """

    head_dim: int
    frequencies: tuple[float, ...]
    interleaved: bool

    def shift_by(self, offsets: Sequence[int] | npt.NDArray[np.int64]) -> "KeyShift":
        """Return the rotation that moves keys by these numbers of positions, one for each cell."""
        angles = np.outer(offsets, self.frequencies)[:, None]
        cosines, sines = (of(angles).astype(np.float32) for of in (np.cos, np.sin))
        return KeyShift(self, cosines, sines)


@dataclass(frozen=True, slots=True, eq=False)
class KeyShift:
    """Moves the keys of some cells to other positions.

    Attributes:
        rope: the RoPE parameters.
        cosines: cosines of the angles, shape (cells, 1, pairs).
        sines: sines of the angles, same shape.
    """

    rope: Rope
    cosines: Keys
    sines: Keys

    def __call__(self, keys: Keys) -> None:
        """Rotate keys in place, shape (cells, values)."""
        pairs = self.cosines.shape[-1]
        heads = keys.reshape(len(keys), -1, self.rope.head_dim)
        if self.rope.interleaved:
            a, b = heads[..., 0 : 2 * pairs : 2], heads[..., 1 : 2 * pairs : 2]
        else:
            a, b = heads[..., :pairs], heads[..., pairs : 2 * pairs]
        rotated = a * self.cosines - b * self.sines
        b *= self.cosines
        b += a * self.sines
        a[...] = rotated
