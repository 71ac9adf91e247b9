"""Standard streams that the caller has closed."""

import os
import sys


def open_missing_streams() -> None:
    """Open the null device in place of each standard stream that is closed (``>&-``).

    Otherwise the next files that are opened take their numbers, and messages are written into them.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest free number
    sys.stdin = sys.stdin or os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8", closefd=False)
