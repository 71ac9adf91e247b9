"""PDFs are read in a process of their own, with limits on its time and memory.

A small damaged or hostile PDF can keep a reader busy for minutes or fill the memory.
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

from assistant.papers.details import paper_from_json
from assistant.papers.files.document import Document
from assistant.papers.pdf_file import pdf_from_json
from assistant.papers.record import Record, Skipped

CPU_SECONDS = 10
"""For one PDF. Its first pages usually take less than one."""

MEMORY_BYTES = 1 << 30
"""Of address space. The largest papers take a third of it."""

PAGES_SEARCHED = 5
"""For a sentence, from the page of the abstract on. They take a few seconds at most."""

_CHILD = "assistant.papers.files.pdf_child"
# Where the processor is busy with other work.
_SECONDS = 6 * CPU_SECONDS
TOO_LONG = (
    f"takes more than {CPU_SECONDS} seconds to read; copy title and abstract into a text file"
)
TOO_LARGE = "takes too much memory to read, or is damaged; copy title and abstract into a text file"

_lock = threading.Lock()
_child: "subprocess.Popen[str] | None" = None


def read_pdf(document: Document) -> Iterator[Record]:
    """Yield the papers in a PDF, or why it cannot be read.

    The path of a paper's PDF is valid until the next record is requested.
    """
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        shutil.copyfileobj(document.bytes(), file)
        file.flush()
        try:
            answer = _ask("read", file.name, document.name)
        except _NotReadError as error:
            answer = [{"skipped": {"source": document.name, "reason": str(error)}}]
        for record in answer:
            yield _record(record, Path(file.name))


def find_page(path: Path, sentence: str, first: int) -> int | None:
    """Return the number of the page on which a sentence stands, None if it is not found.

    Args:
        path: of a PDF.
        sentence: a sentence of the abstract.
        first: the number of the page to begin at.
    """
    try:
        found: int | None = _ask("find", str(path), sentence, first, PAGES_SEARCHED)
    except _NotReadError:
        return None
    return found


class _NotReadError(Exception):
    """The process has ended. The message continues the name of the file."""


def _record(answer: dict[str, Any], path: Path) -> Record:
    if "skipped" in answer:
        return Skipped(**answer["skipped"])
    paper = paper_from_json(answer["paper"])
    if paper is None:
        raise AssertionError("a paper that was read has a title")
    return replace(paper, pdf=pdf_from_json(answer["pdf"], path))


def _ask(*request: object) -> Any:
    """Let the process answer a request; start it if there is none.

    Raises:
        _NotReadError: it needs more time or memory than it may.
    """
    global _child
    with _lock:
        if _child is None or _child.poll() is not None:
            _child = subprocess.Popen(
                [sys.executable, "-m", _CHILD, str(CPU_SECONDS), str(MEMORY_BYTES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="ascii",
            )
        child, is_late = _child, threading.Event()

        def stop() -> None:
            is_late.set()
            child.kill()

        timer = threading.Timer(_SECONDS, stop)
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
        code, _child = child.wait(), None
    raise _NotReadError(TOO_LONG if is_late.is_set() or code == -_cpu_signal() else TOO_LARGE)


def _cpu_signal() -> int:
    import signal

    return int(getattr(signal, "SIGXCPU", 0))
