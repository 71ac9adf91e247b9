"""The number of CPU cores."""

import os
import sys


def cores() -> int:
    """Return the number of CPU cores that this process may run on."""
    # Only Linux reports the CPU affinity of a process, which a container may restrict.
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
