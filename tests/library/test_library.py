"""A library folder: adding, updating, removing and indexing again."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import chromadb
import pytest
from consistency import assert_consistent, assert_finds_all

from assistant.errors import InputError, LibraryError
from assistant.library import AddReport, Catalogue, Embedder, Library, PaperProgress, Vector
from assistant.models import locate
from assistant.papers import Paper
from assistant.papers.paper import DETAILS

EMBEDDER = "all-minilm-l6-v2"


class CountingEmbedder(Embedder):
    """The real embedder; it also counts the texts that it embeds."""

    embedded = 0

    def embed(self, texts: Sequence[str]) -> Vector:
        self.embedded += len(texts)
        return super().embed(texts)


def counts(report: AddReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.skipped


def nearest_title(library: Library, text: str) -> str:
    [(id_, _)] = library.nearest("chunk", library.embedder.embed([text])[0], 1)
    return library.catalogue.papers([id_])[0].title


def test_added_papers_are_indexed_and_found(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    assert small_library.catalogue.papers() == made_up_papers
    assert_consistent(small_library)
    assert_finds_all(small_library)


def test_report_counts_added_updated_and_unchanged_papers(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    trams, lighthouses = made_up_papers[3:]
    new = Paper(title="Snail Mail", abstract="Snails carry letters.")
    report = small_library.add([trams, replace(lighthouses, year=2001), new])
    assert counts(report) == (1, 1, 1, 0)
    assert str(report) == "1 added, 1 updated, 1 unchanged"
    assert str(small_library.add([trams])) == "1 unchanged"
    assert str(small_library.add([])) == "no papers"


def test_last_of_two_versions_added_together_is_stored(small_library: Library) -> None:
    first = Paper(title="Snail Mail", abstract="Snails carry letters.")
    last = replace(first, abstract="Snails carry parcels.")
    assert counts(small_library.add([first, last])) == (1, 0, 0, 1)
    assert small_library.catalogue.papers([first.id]) == [last]


@pytest.mark.parametrize("stored", [("alpha", "beta", "gamma"), ("alpha", "gamma")])
def test_papers_found_to_be_duplicates_are_merged(
    embedder: Embedder, tmp_path: Path, stored: tuple[str, ...]
) -> None:
    papers = {
        "alpha": Paper(title="How Snails Carry Mail", abstract="Snails carry letters."),
        "beta": Paper(title="Slow Post by Snail", abstract="Snails carry.", doi="10.5555/b.1"),
        "gamma": Paper(title="A Post of Snails", abstract="Snails.", arxiv_id="2401.00001"),
    }
    alpha_is_beta = replace(papers["alpha"], doi="10.5555/b.1")
    beta_is_gamma = replace(papers["gamma"], doi="10.5555/b.1")
    library = Library(tmp_path / "library", embedder)
    library.add([papers[name] for name in stored])
    library.add([papers["beta"], alpha_is_beta, beta_is_gamma, papers["alpha"]])
    [one] = library.catalogue.papers()
    assert one.id == papers["gamma"].id
    for paper in papers.values():
        assert counts(library.add([paper]))[0] == 0
    assert_consistent(library)
    library.close()


def test_merge_is_undone_by_split(small_library: Library, made_up_papers: list[Paper]) -> None:
    glaciers, parrots = made_up_papers[:2]
    other = replace(glaciers, source="b.bib", year=2022, venue="Journal of Snow")
    report = small_library.add([other])
    assert report.files[0].merged == (glaciers.title,)
    before, split = small_library.split(glaciers.id)
    assert (before, split.year, split.venue) == (glaciers, 2022, "Journal of Snow")
    assert split.id != glaciers.id
    assert_consistent(small_library)
    # They are not merged again.
    assert counts(small_library.add([other, glaciers])) == (0, 0, 2, 0)
    assert small_library.merge(glaciers.id, split.id).venue == "Journal of Snow"
    assert len(small_library.catalogue.papers()) == 5
    assert_consistent(small_library)
    assert small_library.split(glaciers.id)[1].id == split.id
    with pytest.raises(InputError, match="Nothing was merged"):
        small_library.split(parrots.id)
    with pytest.raises(InputError, match="two different papers"):
        small_library.merge(parrots.id, parrots.id)


def test_adding_known_papers_embeds_nothing(made_up_papers: list[Paper], tmp_path: Path) -> None:
    embedder = CountingEmbedder(EMBEDDER, locate(EMBEDDER))
    library = Library(tmp_path / "library", embedder)
    library.add(made_up_papers)
    before = embedder.embedded
    assert before > 0
    assert counts(library.add(made_up_papers)) == (0, 0, 5, 0)
    assert counts(library.add([])) == (0, 0, 0, 0)
    library.repair()
    assert embedder.embedded == before
    library.close()


def test_updated_paper_is_found_by_its_new_text_only(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    lighthouses = made_up_papers[4]
    small_library.add([replace(lighthouses, abstract="Penguins slide on the ice all day.")])
    assert_consistent(small_library)
    assert nearest_title(small_library, "sliding penguins") == lighthouses.title
    chunks = small_library.catalogue.chunks_of([lighthouses.id], "sentence")
    assert [chunk.text for chunk in chunks] == ["Penguins slide on the ice all day."]
    assert small_library.catalogue.words.match(["novels"], 5) == []


def test_removed_paper_leaves_no_trace_and_can_be_added_again(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    glaciers = made_up_papers[0]
    assert small_library.remove([glaciers.id, "title:unknown"]) == [glaciers.id]
    assert small_library.catalogue.papers() == made_up_papers[1:]
    assert_consistent(small_library)
    assert nearest_title(small_library, glaciers.title) != glaciers.title
    assert small_library.remove([glaciers.id]) == []
    assert counts(small_library.add([glaciers])) == (1, 0, 0, 0)
    assert nearest_title(small_library, glaciers.title) == glaciers.title


def test_paper_without_abstract_is_found_by_title(small_library: Library) -> None:
    small_library.add([Paper(title="Snail Mail", abstract="")])
    assert_consistent(small_library)
    assert nearest_title(small_library, "post carried by snails") == "Snail Mail"


def test_text_beyond_embedder_window_is_found(small_library: Library) -> None:
    filler = "We describe the weather of the valley in plain words and at great length. " * 20
    end = "Penguins slide over the ice on their bellies. " * 8
    assert small_library.embedder.word_pieces(filler) > small_library.embedder.window
    small_library.add([Paper(title="Notes", abstract=filler + end)])
    assert nearest_title(small_library, "sliding penguins") == "Notes"


def test_progress_is_reported_from_zero_to_total(
    embedder: Embedder, made_up_papers: list[Paper], tmp_path: Path
) -> None:
    library = Library(tmp_path / "library", embedder)
    seen: list[PaperProgress] = []
    library.add(made_up_papers, seen.append)
    assert seen[0] == PaperProgress(done=0, total=5)
    assert seen[-1] == PaperProgress(done=5, total=5)
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    library.close()


def test_library_is_new_only_when_first_opened(embedder: Embedder, tmp_path: Path) -> None:
    for is_new in (True, False):
        library = Library(tmp_path / "deep" / "library", embedder)
        assert library.is_new is is_new
        library.close()


@pytest.mark.parametrize("tables", [False, True])
def test_library_is_still_new_after_failed_first_opening(
    embedder: Embedder, tmp_path: Path, tables: bool
) -> None:
    (tmp_path / "catalogue.sqlite").touch()  # as SQLite leaves it on a full disk
    if tables:
        Catalogue(tmp_path / "catalogue.sqlite").close()
    with closing(Library(tmp_path, embedder)) as library:
        assert library.is_new


def test_library_is_unchanged_after_reopening(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    fingerprint = small_library.fingerprint()
    small_library.close()
    again = Library(small_library.folder, small_library.embedder)
    again.repair()
    assert again.fingerprint() == fingerprint
    assert_consistent(again)
    assert_finds_all(again)
    again.close()


# -- another embedder -------------------------------------------------------------------------


def test_other_embedder_is_rejected_with_advice(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    other = Library(small_library.folder, Embedder("another", locate(EMBEDDER)))
    vector = small_library.embedder.embed(["parrots"])[0]
    for use in (
        lambda: other.add(made_up_papers),
        lambda: other.nearest("chunk", vector, 1),
        other.check_embedder,
    ):
        with pytest.raises(LibraryError, match=r"assistant papers reindex --embedder another"):
            use()
    assert other.catalogue.papers() == made_up_papers
    other.close()
    assert_consistent(small_library)


def test_reindexing_switches_to_another_embedder(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    small_library.close()
    other = Library(small_library.folder, Embedder("another", locate(EMBEDDER)))
    other.reindex()
    assert other.catalogue.papers() == made_up_papers
    assert_consistent(other)
    assert_finds_all(other)
    other.close()
    with pytest.raises(LibraryError, match="indexed with the embedder 'another'"):
        Library(small_library.folder, small_library.embedder).check_embedder()


# -- derived and damaged files ----------------------------------------------------------------


def test_reindexing_restores_deleted_vectors(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    small_library.close()
    shutil.rmtree(small_library.folder / "vectors")
    again = Library(small_library.folder, small_library.embedder)
    again.reindex()
    assert again.catalogue.papers() == made_up_papers
    assert_consistent(again)
    assert_finds_all(again)
    again.close()


def test_folder_that_cannot_be_created_is_named(embedder: Embedder, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match=r"file/library cannot be written.*--library"):
        Library(tmp_path / "file" / "library", embedder)


def test_library_of_first_version_is_migrated(small_library: Library) -> None:
    folder, embedder = small_library.folder, small_library.embedder
    small_library.close()
    # It had the vectors of sentences in Chroma, and no table for them in the catalogue.
    with closing(sqlite3.connect(folder / "catalogue.sqlite")) as db:
        later = "sentence_vectors metadata_words merges kept_apart labels notes former_keys"
        for table in later.split():
            db.execute(f"DROP TABLE {table}")
        for event in ("inserted", "updated", "deleted"):
            db.execute(f"DROP TRIGGER paper_metadata_{event}")
            db.execute(f"DROP TRIGGER paper_{event}")
        db.execute("DROP VIEW searched")
        db.execute("DROP INDEX papers_with_pdf")
        searched = ("title_searched", "abstract_searched", "authors_searched")
        for name in (*DETAILS, *searched, "pdf", "abstract_page"):
            db.execute(f"ALTER TABLE papers DROP COLUMN {name}")
        db.execute("PRAGMA user_version = 1")
    with closing(chromadb.PersistentClient(str(folder / "vectors"))) as client:
        client.create_collection("sentences").add(ids=["1"], embeddings=[[1.0, 0.0]])
    library = Library(folder, embedder)
    library.repair()
    assert_consistent(library)
    assert_finds_all(library)
    library.close()
    with closing(chromadb.PersistentClient(str(folder / "vectors"))) as client:
        assert {one.name for one in client.list_collections()} == {"abstracts", "chunks"}
