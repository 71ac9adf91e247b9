"""Reading PDFs in a separate process, with limits on time and memory.

Even a small PDF, if damaged or malicious, can keep a reader busy for minutes or exhaust memory.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.atomic_write import disk_full_as_error
from assistant.papers.details import paper_from_json
from assistant.papers.files.document import Document
from assistant.papers.pdf_file import pdf_from_json
from assistant.papers.record import Record, Skipped

CPU_SECONDS = 10
"""For one PDF. The first pages usually take less than one second."""

SEARCH_CPU_SECONDS = 4
"""To find a sentence in one PDF, while a user waits for the page to open."""

MEMORY_BYTES = 1 << 30
"""Of address space. The largest papers take a third of this."""

PAGES_SEARCHED = 5
"""The number of pages to search for a sentence, beginning with that of the abstract."""

_CHILD = "assistant.papers.files.pdf_child"
# Seconds of wall-clock time to allow per second of CPU time, since the CPU may be busy.
_WAIT = 6
TOO_LONG = (
    f"takes more than {CPU_SECONDS} seconds to read; copy title and abstract into a text file"
)
TOO_LARGE = "takes too much memory to read, or is damaged; copy title and abstract into a text file"


class NotReadError(Exception):
    """A PDF exceeds the limits on time or memory. The message continues the name of the file."""


def read_pdf(document: Document) -> Iterator[Record]:
    """Yield the papers in a PDF, or the reason why it cannot be read.

    The path of a paper's PDF is valid until the next record is requested.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        with disk_full_as_error(file.name):
            shutil.copyfileobj(document.bytes(), file)
            file.flush()
        try:
            answer = _reading.ask(CPU_SECONDS, "read", file.name, document.name)
        except NotReadError as error:
            answer = [{"skipped": {"source": document.name, "reason": str(error)}}]
        for record in answer:
            yield _record(record, Path(file.name))


def find_page(path: Path, sentence: str, first: int) -> int | None:
    """Return the number of the page that contains a sentence; None if it is not found.

    Args:
        path: the PDF.
        sentence: a sentence of the abstract.
        first: the number of the first page to search.

    Raises:
        NotReadError: the search takes too much time or memory.
    """
    found: int | None = _searching.ask(
        SEARCH_CPU_SECONDS, "find", str(path), sentence, first, PAGES_SEARCHED
    )
    return found


def _record(answer: dict[str, Any], path: Path) -> Record:
    if "skipped" in answer:
        return Skipped(**answer["skipped"])
    paper = paper_from_json(answer["paper"])
    if paper is None:
        raise AssertionError("a paper that was read has a title")
    return replace(paper, pdf=pdf_from_json(answer["pdf"], path))


class _PdfProcess:
    """A process that answers one request at a time. It is started by the first request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None

    def ask(self, cpu_seconds: int, *request: object) -> Any:
        """Return the answer to a request.

        Args:
            cpu_seconds: the CPU limit, used if the process has to be started.
            request: see `pdf_child`.

        Raises:
            NotReadError: it exceeds the limits on time or memory. The process has ended.
        """
        with self._lock:
            if self._child is None or self._child.poll() is not None:
                self._child = _start(cpu_seconds)
            child, is_late = self._child, threading.Event()

            def stop() -> None:
                is_late.set()
                child.kill()

            timer = threading.Timer(_WAIT * cpu_seconds, stop)
            timer.start()
            try:
                assert child.stdin is not None
                assert child.stdout is not None
                child.stdin.write(json.dumps(request) + "\n")
                child.stdin.flush()
                line = child.stdout.readline()
            except BrokenPipeError:
                line = ""
            finally:
                timer.cancel()
            if line.endswith("\n"):
                return json.loads(line)
            child.kill()
            code, self._child = child.wait(), None
        is_slow = is_late.is_set() or code == -_cpu_signal()
        raise NotReadError(TOO_LONG if is_slow else TOO_LARGE)


def _start(cpu_seconds: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", _CHILD, str(cpu_seconds), str(MEMORY_BYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="ascii",
    )


def _cpu_signal() -> int:
    import signal

    return int(getattr(signal, "SIGXCPU", 0))


# Two processes, so that adding PDFs does not wait for a slow search.
_reading, _searching = _PdfProcess(), _PdfProcess()
