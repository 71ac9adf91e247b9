"""The process that reads PDFs: a path a line on standard input, a JSON line of records back."""

import json
import sys
from dataclasses import asdict
from typing import Any

from assistant.papers.details import paper_to_json
from assistant.papers.files.document import Document
from assistant.papers.readers import pdf
from assistant.papers.record import Record, Skipped


def main() -> None:
    """Read PDFs until standard input ends.

    The arguments are the limits of this process: seconds of processor time for a file, and bytes.
    """
    seconds, memory = map(int, sys.argv[1:])
    for line in sys.stdin:
        path, name = json.loads(line)
        _limit(seconds, memory)
        with open(path, "rb") as file:  # noqa: PTH123 - a plain path from the parent
            records = [_as_dict(record) for record in pdf.read(Document(name, file))]
        print(json.dumps(records), flush=True)


def _limit(seconds: int, memory: int) -> None:
    """Limit the memory of this process, and its processor time until the next file."""
    try:
        import resource
    except ImportError:  # Windows
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _as_dict(record: Record) -> dict[str, Any]:
    if isinstance(record, Skipped):
        return {"skipped": asdict(record)}
    return {"paper": {**paper_to_json(record), "source": record.source}}


if __name__ == "__main__":
    main()
