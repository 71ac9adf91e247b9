"""The types of vectors in memory and on disk."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float32]
"""One vector of unit length, or several as rows."""

STORED_TYPE = np.float16
"""Half the size of float32; rounding to it changes a cosine by less than 0.001."""
