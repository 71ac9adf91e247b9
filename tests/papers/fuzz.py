"""Fuzz each reader with damaged files for some time: `make fuzz`.

Hypothesis shrinks a failing file and replays it first on the next run.
"""

import faulthandler
import signal
import sys
import time

from hypothesis import HealthCheck, Phase, given, settings
from malformed import READERS_BY_NAME, check_reading, files_for

_FILES_PER_ROUND = 500
# Reading a few kilobytes for this long, in processor time, counts as a hang.
_HANG_SECONDS = 60


def fuzz(name: str, seconds: float) -> int:
    """Fuzz a reader for some seconds; return the number of files read."""
    reader = READERS_BY_NAME[name]
    count = 0
    faulthandler.register(signal.SIGPROF, chain=True)  # and then the signal ends the process

    @settings(
        max_examples=_FILES_PER_ROUND,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate, Phase.shrink],
    )
    @given(files_for(name))
    def read(data: bytes) -> None:
        nonlocal count
        count += 1
        signal.setitimer(signal.ITIMER_PROF, _HANG_SECONDS)
        check_reading(reader, data)

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        read()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return count


if __name__ == "__main__":
    seconds, *wanted = sys.argv[1:]
    for name in READERS_BY_NAME:
        if not wanted or any(part.casefold() in name.casefold() for part in wanted):
            print(f"{name}: {fuzz(name, float(seconds)):,} files", flush=True)
