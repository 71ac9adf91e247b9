"""The PDFs of papers are kept with them, found by page, and deleted with them."""

import hashlib
import os
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "papers"))

from stones_pdf import ABSTRACT, SENTENCES, TITLE, stones_pdf
from word_embedder import WordEmbedder

from assistant.errors import LibraryError
from assistant.library import Library
from assistant.papers import Paper, read_files
from assistant.papers.files import pdf_process
from assistant.text.sentences import sentence_spans

RECORD = Paper(title=TITLE, abstract=ABSTRACT, year=2021, source="stones.bib")
A_DAY_AND_A_BIT = 90_000

AddPdf = Callable[..., Paper]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with closing(Library(tmp_path / "library", WordEmbedder())) as library:
        yield library


@pytest.fixture
def add_pdf(library: Library, tmp_path: Path) -> AddPdf:
    """A function that adds the PDF of a paper; its arguments are those of `stones_pdf`."""

    def add(name: str = "stones.pdf", **options: object) -> Paper:
        data = stones_pdf(**options)  # type: ignore[arg-type]
        (tmp_path / name).write_bytes(data)
        library.add(read_files(tmp_path / name))
        id_ = library.catalogue.pdfs.paper_with(hashlib.sha256(data).hexdigest())
        return next(one for one in library.catalogue.papers() if one.id == id_)

    return add


def kept(library: Library) -> list[bytes]:
    return [path.read_bytes() for path in library.pdfs.store.files()]


def a_day_later(library: Library) -> None:
    before = time.time() - A_DAY_AND_A_BIT
    for path in library.pdfs.store.files():
        os.utime(path, (before, before))
    library.pdfs.purge()


# -- keeping ----------------------------------------------------------------------------------


def test_pdf_is_kept_under_its_hash_for_its_owner_only(library: Library, add_pdf: AddPdf) -> None:
    paper = add_pdf()
    path = library.pdfs.path(paper)
    assert path is not None
    assert path.read_bytes() == stones_pdf()
    assert path.stem == hashlib.sha256(stones_pdf()).hexdigest()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert library.pdfs.store.sizes() == [len(stones_pdf())]


def test_pdf_can_be_left_out(library: Library, tmp_path: Path) -> None:
    (tmp_path / "stones.pdf").write_bytes(stones_pdf())
    library.add(read_files(tmp_path / "stones.pdf", with_pdfs=False))
    [paper] = library.catalogue.papers()
    assert paper.pdf is None
    assert kept(library) == []


def test_pdf_whose_paper_was_read_long_ago_is_not_kept(library: Library, tmp_path: Path) -> None:
    (tmp_path / "stones.pdf").write_bytes(stones_pdf())
    records = list(read_files(tmp_path / "stones.pdf"))
    library.add(records)
    assert [paper.pdf for paper in library.catalogue.papers()] == [None]


def test_pdf_in_a_zip_is_kept(library: Library, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "papers.zip", "w") as archive:
        archive.writestr("a/stones.pdf", stones_pdf())
        archive.writestr("b/pebbles.pdf", stones_pdf(title="Pebbles of Norway Weighed"))
    library.add(read_files(tmp_path / "papers.zip"))
    assert all(library.pdfs.path(paper) for paper in library.catalogue.papers())
    assert len(kept(library)) == 2


def test_full_disk_is_reported_with_advice(
    library: Library, add_pdf: AddPdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("assistant.library.pdfs.store.os.fsync", fail)
    with pytest.raises(LibraryError, match="Free some space"):
        add_pdf()
    assert list(library.pdfs.store.folder.iterdir()) == []


# -- papers that are in the library already ---------------------------------------------------


def test_known_paper_gains_its_pdf(library: Library, add_pdf: AddPdf) -> None:
    library.add([RECORD])
    add_pdf("stones.pdf")
    [paper] = library.catalogue.papers()
    assert library.pdfs.path(paper)
    assert paper.year == 2021


def test_same_pdf_again_changes_nothing(library: Library, add_pdf: AddPdf, tmp_path: Path) -> None:
    add_pdf()
    report = library.add(read_files(tmp_path / "stones.pdf"))
    assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
    assert len(kept(library)) == 1


def test_newer_version_of_a_file_replaces_the_older(library: Library, add_pdf: AddPdf) -> None:
    add_pdf()
    add_pdf(note="Corrected.")
    a_day_later(library)
    assert kept(library) == [stones_pdf(note="Corrected.")]


def test_record_without_a_pdf_takes_none_away(library: Library, add_pdf: AddPdf) -> None:
    paper = add_pdf()
    library.add([RECORD, replace(RECORD, source="stones.pdf")])
    [changed] = library.catalogue.papers()
    assert changed.pdf == paper.pdf


def test_missing_pdf_is_mended_by_adding_it_again(library: Library, add_pdf: AddPdf) -> None:
    paper = add_pdf()
    path = library.pdfs.path(paper)
    assert path is not None
    path.unlink()
    assert library.pdfs.path(paper) is None
    add_pdf()
    assert library.pdfs.path(paper) == path


# -- merges -----------------------------------------------------------------------------------


def test_merged_papers_keep_one_pdf_and_split_ones_have_theirs(
    library: Library, add_pdf: AddPdf
) -> None:
    stones = add_pdf("stones.pdf")
    pebbles = add_pdf("pebbles.pdf", title="Pebbles of Norway Weighed")
    assert library.merge(stones.id, pebbles.id).pdf == stones.pdf
    a_day_later(library)  # the other one is kept for a split
    before, split = library.split(stones.id)
    assert (before.pdf, split.pdf) == (stones.pdf, pebbles.pdf)
    assert all(library.pdfs.path(paper) for paper in library.catalogue.papers())


def test_pdf_of_a_duplicate_passes_to_the_paper_that_has_none(
    library: Library, add_pdf: AddPdf
) -> None:
    library.add([replace(RECORD, title="Heavy Stones", abstract="They are heavy.")])
    [record] = library.catalogue.papers()
    stones = add_pdf()
    assert library.merge(record.id, stones.id).pdf == stones.pdf
    before, split = library.split(record.id)
    assert (before.pdf, split.pdf) == (None, stones.pdf)


def test_pdf_merged_on_adding_is_given_back_by_a_split(library: Library, add_pdf: AddPdf) -> None:
    library.add([RECORD])
    add_pdf()
    [paper] = library.catalogue.papers()
    before, split = library.split(paper.id)
    assert before.pdf is None
    assert library.pdfs.path(split)


# -- removal ----------------------------------------------------------------------------------


def test_pdf_is_deleted_with_its_paper(library: Library, add_pdf: AddPdf) -> None:
    library.remove([add_pdf().id])
    assert kept(library) == []


def test_removal_can_be_undone_with_the_pdf_for_a_day(library: Library, add_pdf: AddPdf) -> None:
    paper = add_pdf()
    library.remove([paper.id], keep_pdfs=True)
    library.pdfs.purge()
    library.add([paper])
    [restored] = library.catalogue.papers()
    assert library.pdfs.path(restored)


def test_pdf_of_a_removed_paper_is_gone_after_a_day(library: Library, add_pdf: AddPdf) -> None:
    paper = add_pdf()
    library.remove([paper.id], keep_pdfs=True)
    a_day_later(library)
    assert kept(library) == []
    library.add([paper])
    assert [one.pdf for one in library.catalogue.papers()] == [None]


def test_pdf_of_a_paper_is_never_purged(library: Library, add_pdf: AddPdf) -> None:
    add_pdf()
    a_day_later(library)
    library.repair()
    assert len(kept(library)) == 1


def test_rest_of_an_interrupted_copy_is_purged(library: Library, add_pdf: AddPdf) -> None:
    add_pdf()
    rest = library.pdfs.store.folder / ".7-1.partial"
    rest.write_bytes(b"%PDF")
    library.pdfs.purge()
    assert rest.exists()  # another process may be writing it
    os.utime(rest, (0, 0))
    library.pdfs.purge()
    assert not rest.exists()


# -- pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cover", "pages"), [(False, (1, 1, 2)), (True, (2, 2, 3))])
def test_each_sentence_of_the_abstract_is_found_on_its_page(
    library: Library, tmp_path: Path, cover: bool, pages: tuple[int, ...]
) -> None:
    (tmp_path / "stones.pdf").write_bytes(stones_pdf(cover=cover))
    library.add([replace(RECORD, title=TITLE)])  # its abstract has the sentences of both pages
    library.add(read_files(tmp_path / "stones.pdf"))
    [paper] = library.catalogue.papers()
    spans = sentence_spans(paper.abstract)
    assert [span.of(paper.abstract) for span in spans] == list(SENTENCES)
    assert tuple(library.pdfs.page(paper, span) for span in spans) == pages
    assert library.pdfs.page(paper) == pages[0]


def test_page_is_searched_again_after_a_failure(
    library: Library, add_pdf: AddPdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([RECORD])
    paper = add_pdf()
    last = sentence_spans(paper.abstract)[-1]
    with monkeypatch.context() as hurried:
        hurried.setattr(pdf_process, "SEARCH_CPU_SECONDS", 0)
        hurried.setattr(pdf_process, "_searching", pdf_process._PdfProcess())
        assert library.pdfs.page(paper, last) == 1
    assert library.pdfs.page(paper, last) == 2


def test_sentence_that_is_not_there_is_shown_at_the_abstract(
    library: Library, add_pdf: AddPdf
) -> None:
    paper = replace(add_pdf(cover=True), abstract="Feathers weigh next to nothing at all.")
    assert library.pdfs.page(paper, sentence_spans(paper.abstract)[0]) == 2
