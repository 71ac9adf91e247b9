"""Keys for other positions than those they were read at.

A model with rotary position embedding (Su et al. 2021, arXiv 2104.09864) turns pairs of a key's
values by angles that grow with its position, so a key is moved by turning it further. llama.cpp can
do that too, but goes through its whole context for it, whatever part of it is moved.

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
    """How a model turns keys.

    Attributes:
        head_values: how many values a head of a key has.
        frequencies: by how much a step turns each pair of a head's first values, in radians.
        neighbours: whether a pair is of neighbours; otherwise its values stand half the pairs'
            values apart.
    """

    head_values: int
    frequencies: tuple[float, ...]
    neighbours: bool

    def moving(self, steps: Sequence[int] | npt.NDArray[np.int64]) -> "Moving":
        """Return what moves keys by so many positions each."""
        angles = np.outer(steps, self.frequencies)[:, None]
        cosines, sines = (of(angles).astype(np.float32) for of in (np.cos, np.sin))
        return Moving(self, cosines, sines)


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """Moves the keys of some cells.

    Attributes:
        rotary: how keys are turned.
        cosines: of the angles, shape (cells, 1, pairs).
        sines: of the angles, as many.
    """

    rotary: Rope
    cosines: Keys
    sines: Keys

    def __call__(self, keys: Keys) -> None:
        """Move keys in their place, shape (cells, values)."""
        pairs = self.cosines.shape[-1]
        heads = keys.reshape(len(keys), -1, self.rotary.head_values)
        if self.rotary.neighbours:
            a, b = heads[..., 0 : 2 * pairs : 2], heads[..., 1 : 2 * pairs : 2]
        else:
            a, b = heads[..., :pairs], heads[..., pairs : 2 * pairs]
        turned = a * self.cosines - b * self.sines
        b *= self.cosines
        b += a * self.sines
        a[...] = turned
