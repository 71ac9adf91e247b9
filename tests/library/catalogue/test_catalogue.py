"""The catalogue: papers and chunks in one SQLite file."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from stored_sentences import store

from assistant import library
from assistant.errors import LibraryError
from assistant.library import Catalogue, Level
from assistant.papers import Paper
from assistant.papers.names import Name
from assistant.papers.pdf_file import PdfFile
from assistant.text.sentences import Span

# -- papers -----------------------------------------------------------------------------------


def test_papers_are_returned_as_stored_in_order_of_addition(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    assert catalogue.papers() == made_up_papers
    assert catalogue.count() == len(made_up_papers)


def test_papers_are_returned_by_id(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    wanted = [made_up_papers[3], made_up_papers[1]]
    ids = [*(paper.id for paper in wanted), "title:unknown"]
    assert catalogue.papers(ids) == [made_up_papers[1], made_up_papers[3]]
    assert catalogue.papers([]) == []


def test_details_are_stored(catalogue: Catalogue) -> None:
    name = Name(family="García Márquez", given="Gabriela")
    paper = Paper(
        title="Snail Mail",
        abstract="",
        authors=(str(name), "Ada Frost"),
        type="inproceedings",
        venue="Proceedings of Snow",
        published="2021-03-09",
        volume="3",
        issue="4",
        pages="12-34",
        publisher="Ice Press",
        keywords=("snails", "mail"),
        citation_key="garcia2021",
        language="en",
        editors=("Bo Melt",),
        names=(name,),
        ids=(("isbn", "978"), ("pmid", "123")),
        extra=(("note", "In press"), ("series", "Snow Studies")),
    )
    store(catalogue, paper)
    assert catalogue.papers([paper.id]) == [paper]


def test_number_of_ids_may_exceed_sqlite_parameter_limit(catalogue: Catalogue) -> None:
    ids = [f"title:{number}" for number in range(40_000)]
    assert catalogue.papers(ids) == []
    assert catalogue.chunks_of(ids) == []


def test_storing_same_papers_again_changes_nothing(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    before = catalogue.fingerprint()
    store(catalogue, *made_up_papers)
    assert catalogue.papers() == made_up_papers
    assert catalogue.fingerprint() == before


def test_changed_paper_is_updated_in_place(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    changed = replace(made_up_papers[1], abstract="Parrots cannot count.")
    before = catalogue.fingerprint()
    store(catalogue, changed)
    assert catalogue.papers()[1] == changed
    assert catalogue.count() == 5
    assert catalogue.fingerprint() != before


def test_fingerprint_does_not_depend_on_order_of_addition(
    catalogue: Catalogue, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    other = Catalogue(tmp_path / "other.sqlite")
    store(other, *reversed(made_up_papers))
    assert other.fingerprint() == catalogue.fingerprint()
    other.close()


def test_fingerprint_reflects_writes_by_another_connection(
    catalogue: Catalogue, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    before = catalogue.fingerprint()
    elsewhere = Catalogue(tmp_path / "catalogue.sqlite")
    store(elsewhere, replace(made_up_papers[1], abstract="Parrots cannot count."))
    elsewhere.close()
    assert catalogue.fingerprint() != before


def test_error_after_rollback_by_sqlite_is_raised(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    def failing() -> Iterator[tuple[Paper, list[tuple[Level, Span]]]]:
        yield Paper(title="Snail Mail", abstract="Snails carry letters."), []
        catalogue.rows("ROLLBACK")  # as SQLite does by itself
        raise sqlite3.OperationalError("database or disk is full")

    with pytest.raises(sqlite3.OperationalError, match="disk is full"):
        catalogue.store(failing())
    assert catalogue.papers() == made_up_papers
    catalogue.set_meta("after", "works")
    assert catalogue.meta("after") == "works"


def test_interrupted_store_changes_nothing(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    def papers_until_an_error() -> Iterator[tuple[Paper, list[tuple[Level, Span]]]]:
        yield Paper(title="A new one", abstract="It mentions zebras."), []
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        catalogue.store(papers_until_an_error())
    assert catalogue.papers() == made_up_papers
    assert catalogue.words.match(["zebras"], 10) == []


# -- chunks -----------------------------------------------------------------------------------


def test_chunks_are_returned_with_their_text_by_level(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    trams = made_up_papers[3]
    assert [chunk.text for chunk in catalogue.chunks_of([trams.id], "sentence")] == [
        "Rubber wheels and soft curves make trams 9 decibels quieter.",
        "Residents of Graz slept 21 minutes longer after the change.",
    ]
    assert catalogue.chunks_of([trams.id], "abstract") == []


def test_chunk_ids_are_not_reused(catalogue: Catalogue, made_up_papers: list[Paper]) -> None:
    last = made_up_papers[-1]
    before = {chunk.id for chunk in catalogue.chunks_of([last.id])}
    catalogue.remove([last.id])
    store(catalogue, last)
    assert before.isdisjoint(chunk.id for chunk in catalogue.chunks_of([last.id]))


# -- the file ---------------------------------------------------------------------------------


def test_other_file_is_rejected_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    file.write_text("A diary. " * 1000, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"is damaged .*assistant restore.*assistant rescue"):
        Catalogue(file)


def test_catalogue_of_first_version_is_migrated(
    tmp_path: Path, made_up_papers: list[Paper]
) -> None:
    file = tmp_path / "catalogue.sqlite"
    first = Path(library.catalogue.__file__).with_name("schema-1.sql")
    db = sqlite3.connect(file)
    db.executescript(first.read_text(encoding="utf-8"))
    db.execute(
        "INSERT INTO papers (id, title, abstract, authors, year, source, content_hash, indexed) "
        "VALUES ('arxiv:1', 'Snails', 'They are slow.', '[]', 2019, 'a.bib', 'x', 1)"
    )
    db.commit()
    db.close()
    catalogue = Catalogue(file)
    [snails] = catalogue.papers()
    assert (snails.title, snails.year, snails.extra) == ("Snails", 2019, ())
    # The vectors of its sentences are yet to be computed.
    assert catalogue.pending.papers(3) == ["arxiv:1"]
    catalogue.close()
    again = Catalogue(file)
    assert again.rows("SELECT rowid FROM metadata_words WHERE metadata_words MATCH '2019'")
    noted = replace(snails, extra=(("note", "In press"),))
    again.store_details([noted])
    assert again.papers() == [noted]
    again.pending.mark_indexed(["arxiv:1"])
    again.close()
    assert Catalogue(file).pending.count_papers() == 0


def test_extra_fields_are_no_words_to_search_for(catalogue: Catalogue) -> None:
    store(catalogue, Paper(title="Snail Mail", abstract="Slow.", extra=(("note", "zebras"),)))
    assert catalogue.words.match(["zebras"], 10) == []
    [(count,)] = catalogue.rows(
        "SELECT count(*) FROM metadata_words WHERE metadata_words MATCH 'zebras'"
    )
    assert count == 0


def test_catalogue_from_before_pdfs_were_kept_is_migrated(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    schemas = Path(library.catalogue.__file__).parent
    with closing(sqlite3.connect(file)) as db:
        for version in range(1, 6):
            db.executescript((schemas / f"schema-{version}.sql").read_text(encoding="utf-8"))
        db.execute(
            "INSERT INTO papers (id, title, abstract, authors, source, content_hash, indexed) "
            "VALUES ('arxiv:1', 'Snails', 'They are slow.', '[]', 'a.pdf', 'x', 1)"
        )
        before = json.dumps({"paper_id": "arxiv:1", "title": "Snails"})
        db.execute("INSERT INTO merges (paper, before, merged) VALUES (1, ?, ?)", [before, before])
        db.commit()
    with closing(Catalogue(file)) as catalogue:
        [paper] = catalogue.papers()
        assert paper.pdf is None
        assert catalogue.pdfs.used() == frozenset()
        pdf = PdfFile("ab" * 32, 2)
        catalogue.store_details([replace(paper, pdf=pdf)])
        assert catalogue.papers()[0].pdf == pdf
        assert catalogue.pdfs.of(["arxiv:1", "arxiv:2"]) == {"arxiv:1": pdf}
        assert catalogue.pdfs.used() == {pdf.sha256}


def test_catalogue_of_newer_version_asks_for_update(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    Catalogue(file).close()
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(LibraryError, match="Update the assistant"):
        Catalogue(file)
