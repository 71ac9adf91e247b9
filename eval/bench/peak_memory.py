"""``python -m eval.bench.peak_memory``: answer questions and print the peak memory in bytes.

Standard input is a JSON object with ``library``, ``model`` and ``questions``.
"""

import json
import re
import resource
import sys
from pathlib import Path

from assistant import Assistant
from assistant.settings import Settings


def main() -> None:
    """Answer the questions and print the peak memory."""
    task = json.load(sys.stdin)
    with Assistant.open(task["library"], settings=Settings(model=task["model"])) as assistant:
        for question in task["questions"]:
            assistant.ask(question)
    sys.stdout.write(str(peak_bytes()))


def peak_bytes() -> int:
    """Return the peak memory of this process in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # On Linux, getrusage includes the memory of the parent process at the time of the fork.
        [peak] = re.findall(r"^VmHWM:\s*(\d+) kB$", status.read_text(), re.MULTILINE)
        return int(peak) * 1024
    # On macOS, ru_maxrss is in bytes.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
