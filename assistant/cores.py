"""How many processor cores there are to compute with."""

import os
import sys


def cores() -> int:
    """Return on how many cores this process may run."""
    # Only Linux says which are left to a process, as in a container; elsewhere all of them count.
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
