"""Give each reader damaged files for some time: `make fuzz`.

What makes a reader fail is shown as small as it can be, and tried first the next time.
"""

import faulthandler
import sys
import time

from hypothesis import HealthCheck, Phase, given, settings
from malformed import READERS_BY_NAME, check_reading, files_for

_FILES_AT_A_TIME = 500
# A file of a few kilobytes that takes so long hangs.
_HANGS_AFTER_S = 60


def fuzz(name: str, seconds: float) -> int:
    """Give a reader files for so long; return how many it read."""
    reader = READERS_BY_NAME[name]
    count = 0

    @settings(
        max_examples=_FILES_AT_A_TIME,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.reuse, Phase.generate, Phase.shrink],
    )
    @given(files_for(name))
    def read(data: bytes) -> None:
        nonlocal count
        count += 1
        faulthandler.dump_traceback_later(_HANGS_AFTER_S, exit=True)
        check_reading(reader, data)

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        read()
    faulthandler.cancel_dump_traceback_later()
    return count


if __name__ == "__main__":
    seconds, *wanted = sys.argv[1:]
    for name in READERS_BY_NAME:
        if not wanted or any(part.casefold() in name.casefold() for part in wanted):
            print(f"{name}: {fuzz(name, float(seconds)):,} files", flush=True)
