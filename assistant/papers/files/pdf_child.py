"""The process that reads PDFs. It answers each line on standard input with a line on its output.

A request is ``["read", PATH, NAME]``, answered with the records, or
``["find", PATH, SENTENCE, FIRST, COUNT]``, answered with the number of a page or null.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.papers.details import paper_to_json
from assistant.papers.files.document import Document
from assistant.papers.parsing.pdf_pages import read_pages
from assistant.papers.parsing.pdf_search import page_of_sentence
from assistant.papers.pdf_file import pdf_to_json
from assistant.papers.readers import pdf
from assistant.papers.record import Record, Skipped


def main() -> None:
    """Answer requests until standard input ends.

    The command-line arguments are the limits of this process: seconds of CPU time per request, and
    bytes of memory.
    """
    seconds, memory = map(int, sys.argv[1:])
    for line in sys.stdin:
        request, *arguments = json.loads(line)
        _limit(seconds, memory)
        print(json.dumps(_REQUESTS[request](*arguments)), flush=True)


def _read(path: str, name: str) -> list[dict[str, Any]]:
    with Path(path).open("rb") as file:
        return [_as_dict(record) for record in pdf.read(Document(name, file))]


def _find(path: str, sentence: str, first: int, count: int) -> int | None:
    with Path(path).open("rb") as file:
        try:
            return page_of_sentence(sentence, read_pages(file, first, count), first)
        # For a damaged file, the library may raise any exception.
        except Exception:
            return None


_REQUESTS: dict[str, Callable[..., Any]] = {"read": _read, "find": _find}


def _limit(seconds: int, memory: int) -> None:
    """Limit the memory of this process, and its CPU time until the next request."""
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
    stored = pdf_to_json(record.pdf) if record.pdf else None
    return {"paper": {**paper_to_json(record), "source": record.source}, "pdf": stored}


if __name__ == "__main__":
    main()
