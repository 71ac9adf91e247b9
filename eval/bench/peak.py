"""``python -m eval.bench.peak``: answer some questions and print the peak of memory, in bytes.

Standard input is a JSON object with the ``library``, the ``model`` and the ``questions``.
"""

import json
import re
import resource
import sys
from pathlib import Path

from assistant import Assistant
from assistant.settings import Settings


def main() -> None:
    """Answer the questions and print the peak."""
    asked = json.load(sys.stdin)
    with Assistant.open(asked["library"], settings=Settings(model=asked["model"])) as assistant:
        for question in asked["questions"]:
            assistant.ask(question)
    sys.stdout.write(str(peak_bytes()))


def peak_bytes() -> int:
    """Return the peak of this process's memory so far."""
    status = Path("/proc/self/status")
    if status.exists():
        # Linux's getrusage counts what the process that began this one had in memory, too.
        [peak] = re.findall(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
        return int(peak) * 1024
    # In bytes, as macOS counts.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
