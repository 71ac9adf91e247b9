"""``python -m eval.bench.peak``: answer some questions and print the peak of memory, in bytes.

Standard input is a JSON object with the ``library``, the ``model`` and the ``questions``.
"""

import json
import resource
import sys

from assistant import Assistant
from assistant.settings import Settings


def main() -> None:
    """Answer the questions and print the peak."""
    asked = json.load(sys.stdin)
    with Assistant.open(asked["library"], settings=Settings(model=asked["model"])) as assistant:
        for question in asked["questions"]:
            assistant.ask(question)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts in KiB, macOS in bytes.
    sys.stdout.write(str(peak if sys.platform == "darwin" else peak * 1024))


if __name__ == "__main__":
    main()
