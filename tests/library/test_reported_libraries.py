"""Libraries made of inputs of public reports, in ``../shared/failing``; skipped without them."""

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from word_embedder import WordEmbedder

from assistant.library import Library
from assistant.papers import Paper, read_files
from assistant.papers.selection import select
from assistant.papers.writers import WRITERS

LibraryOf = Callable[[str, str], Library]


@pytest.fixture
def library_of(shared_folder: Path, tmp_path: Path) -> Iterator[LibraryOf]:
    """Return a function that adds a file of a folder, given by number, to a new library."""
    with closing(Library(tmp_path / "library", WordEmbedder())) as library:

        def add(number: str, name: str) -> Library:
            found = next((shared_folder / "failing").glob(f"{number}-*"), None)
            if found is None:
                pytest.skip(f"no folder failing/{number}-*")
            library.add(read_files(found / name))
            return library

        yield add


def exported(papers: list[Paper], format_name: str, folder: Path) -> tuple[str, list[Paper]]:
    """Return the text of an export, and the papers read from it."""
    text = "".join(WRITERS[format_name].write(papers))
    file = folder / "exported"
    file.write_text(text, encoding="utf-8", newline="")
    return text, [record for record in read_files(file) if isinstance(record, Paper)]


def test_papers_with_the_same_short_title_are_kept(library_of: LibraryOf) -> None:
    papers = library_of("01", "editorials.bib").catalogue.papers()
    titles = ["Editorial", "Editorial"] + ["Introduction to the Special Issue"] * 2
    assert [paper.title for paper in papers] == titles


def test_posters_with_the_doi_of_their_supplement_are_kept(library_of: LibraryOf) -> None:
    papers = library_of("02", "posters.bib").catalogue.papers()
    assert len({paper.title for paper in papers}) == len(papers) == 3


def test_author_is_found_by_name(library_of: LibraryOf) -> None:
    catalogue = library_of("07", "lib.jsonl").catalogue
    [found] = catalogue.papers(catalogue.words.match_metadata("Ed Hail", 10))
    assert found.title == "The Smith Method for Counting"
    assert len(select(catalogue.papers(), ["year=2020"])) == 2


@pytest.mark.parametrize("format_name", WRITERS)
def test_export_is_read_back(library_of: LibraryOf, tmp_path: Path, format_name: str) -> None:
    papers = library_of("08", "lib.jsonl").catalogue.papers()
    _, found = exported(papers, format_name, tmp_path)
    assert [(one.title, one.abstract) for one in found] == [
        (one.title, one.abstract) for one in papers
    ]
    assert len(found) == 3


def test_bibtex_keeps_types_keys_and_venues(library_of: LibraryOf, tmp_path: Path) -> None:
    papers = library_of("10", "refs.bib").catalogue.papers()
    text, found = exported(papers, "bibtex", tmp_path)
    assert "@article{frost2020," in text
    assert "@inproceedings{m19," in text
    assert "month = may" in text
    assert [(one.type, one.venue, one.volume, one.pages) for one in found] == [
        ("article", "Journal of Snow", "3", "1-9"),
        ("inproceedings", "Proc. Birds", None, None),
    ]


@pytest.mark.parametrize("format_name", WRITERS)
def test_names_are_read_back(library_of: LibraryOf, tmp_path: Path, format_name: str) -> None:
    papers = library_of("11", "refs.bib").catalogue.papers()
    text, found = exported(papers, format_name, tmp_path)
    assert [one.author_names for one in found] == [one.author_names for one in papers]
    if format_name == "bibtex":
        assert "García Márquez, Gabriela and Lopez Garcia, Ana and Frost, III, Ada" in text
    if format_name == "ris":
        assert "AU  - García Márquez, Gabriela" in text


def test_accents_do_not_matter(library_of: LibraryOf) -> None:
    catalogue = library_of("28", "lib.jsonl").catalogue
    for condition in ("author=Frechet", "title=naive", "naive", "CO2"):
        assert len(select(catalogue.papers(), [condition])) == 1
    assert len(catalogue.words.match(["naive"], 10)) == 1


def test_formula_in_a_spreadsheet_is_text(library_of: LibraryOf, tmp_path: Path) -> None:
    papers = library_of("32", "lib.jsonl").catalogue.papers()
    text, found = exported(papers, "csv", tmp_path)
    assert "'=SUM" in text
    assert [one.title for one in found] == ["=SUM(A1:A2) and Größe"]
