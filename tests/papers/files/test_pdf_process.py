"""PDFs are read in a process of their own, with limits; pipes need a writer."""

import os
import sys
import threading
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from small_pdf import Line, pdf_of

from assistant.errors import InputError
from assistant.papers import Paper, read_files
from assistant.papers.files import pdf_process

ABSTRACT = "We weigh stones of all kinds in the hills of Norway and find that they are heavy. " * 3
PAPER = pdf_of([Line("Stones of Norway Weighed", 20), Line("Abstract"), Line(ABSTRACT)])


def endless_pdf() -> bytes:
    """Return a PDF of some kilobytes whose page shows text a million times."""
    shown = zlib.compress(b"BT /F1 9 Tf " + b"(a) Tj " * 1_000_000 + b"ET", 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown)
    data = pdf_of([Line("Stones")])
    start = data.index(b"<< /Length")
    return data[:start] + stream + data[data.index(b"endstream", start) + len(b"endstream") :]


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Limits that a test sets, for a process of its own."""
    processes = [pdf_process._PdfProcess() for _ in range(2)]
    for name, process in zip(("_reading", "_searching"), processes, strict=True):
        monkeypatch.setattr(pdf_process, name, process)
    yield monkeypatch
    for process in processes:
        if process._child is not None:
            process._child.kill()
            process._child.wait()


def test_pdf_is_read_in_another_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise AssertionError("read in this process")

    monkeypatch.setattr("assistant.papers.readers.pdf.read", fail)
    (tmp_path / "stones.pdf").write_bytes(PAPER)
    [paper] = read_files(tmp_path / "stones.pdf")
    assert isinstance(paper, Paper)
    assert paper.title == "Stones of Norway Weighed"
    assert paper.source == "stones.pdf"


def test_pdf_that_takes_too_long_is_skipped_and_the_next_one_is_read(
    tmp_path: Path, limits: pytest.MonkeyPatch
) -> None:
    limits.setattr(pdf_process, "CPU_SECONDS", 1)
    data = endless_pdf()
    assert len(data) < 12_000
    (tmp_path / "a.pdf").write_bytes(data)
    (tmp_path / "b.pdf").write_bytes(PAPER)
    skipped, paper = read_files(tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert str(skipped) == f"a.pdf {pdf_process.TOO_LONG}"
    assert isinstance(paper, Paper)


def test_search_that_takes_too_long_fails_and_nobody_who_adds_pdfs_waits(
    tmp_path: Path, limits: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(endless_pdf())
    (tmp_path / "b.pdf").write_bytes(PAPER)
    with ThreadPoolExecutor(1) as pool:
        search = pool.submit(pdf_process.find_page, tmp_path / "a.pdf", "Snails are slow.", 1)
        list(read_files(tmp_path / "b.pdf"))
        assert not search.done()
        with pytest.raises(pdf_process.NotReadError):
            search.result()


def test_pdf_that_takes_too_much_memory_is_skipped(
    tmp_path: Path, limits: pytest.MonkeyPatch
) -> None:
    limits.setattr(pdf_process, "MEMORY_BYTES", 1 << 20)
    (tmp_path / "a.pdf").write_bytes(PAPER)
    with pytest.raises(InputError, match=r"too much memory|damaged PDF"):
        list(read_files(tmp_path / "a.pdf"))


def test_pipe_without_a_writer_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InputError, match="is a pipe that no program writes to"):
        list(read_files(tmp_path / "pipe"))


def test_pipe_with_a_writer_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    line = b'{"title": "Stones", "abstract": "They are heavy."}\n'
    writer = threading.Thread(target=lambda: pipe.write_bytes(line * 5000))
    writer.start()
    papers = list(read_files(pipe))
    writer.join()
    assert len(papers) == 5000
