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
from typing import Any

from assistant.papers.details import paper_from_json
from assistant.papers.files.document import Document
from assistant.papers.record import Record, Skipped

CPU_SECONDS = 10
"""For one PDF. Its first pages usually take less than one."""

MEMORY_BYTES = 1 << 30
"""Of address space. The largest papers take a third of it."""

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
    """Yield the papers in a PDF, or why it cannot be read."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        shutil.copyfileobj(document.bytes(), file)
        file.flush()
        answer = _ask(file.name, document.name)
    for record in answer:
        skipped = record.get("skipped")
        paper = paper_from_json(record["paper"]) if skipped is None else None
        yield paper or Skipped(**(skipped or {"source": document.name, "reason": TOO_LARGE}))


def _ask(path: str, name: str) -> list[dict[str, Any]]:
    """Let the process read a file; start it if there is none."""
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
            child.stdin.write(json.dumps([path, name]) + "\n")
            child.stdin.flush()
            line = child.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if line.endswith("\n"):
            return list(json.loads(line))
        child.kill()
        code, _child = child.wait(), None
    reason = TOO_LONG if is_late.is_set() or code == -_cpu_signal() else TOO_LARGE
    return [{"skipped": {"source": name, "reason": reason}}]


def _cpu_signal() -> int:
    import signal

    return int(getattr(signal, "SIGXCPU", 0))
