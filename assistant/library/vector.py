"""Vectors as they are stored and compared."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float32]
"""One vector of unit length, or several as rows."""
