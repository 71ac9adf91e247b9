"""A library that is killed in the middle of its work is whole again once it is opened."""

import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from consistency import assert_consistent, assert_finds_all
from other_processes import PROCESSES, add, killed_at, reindex, remove_papers, sixty_papers

from assistant.library import Embedder, Library
from assistant.models import locate

EMBEDDER = "all-minilm-l6-v2"


def kill_at(call: str, nth: int, work: Callable[..., object], *arguments: object) -> None:
    process = PROCESSES.Process(target=killed_at, args=(call, nth, work, *arguments))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL, f"{call} was not called {nth} times"


def mended(folder: Path, embedder: Embedder) -> Library:
    library = Library(folder, embedder)
    library.repair()
    return library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("call", "nth"),
    [
        pytest.param("Catalogue._update", 1, id="before the catalogue is made"),
        pytest.param("Catalogue._store_paper", 30, id="while papers are stored"),
        pytest.param("Vectors.store", 1, id="before the first vectors"),
        pytest.param("Catalogue.mark_indexed", 1, id="before the first vectors are noted"),
        pytest.param("Vectors._upsert", 8, id="in the third batch of vectors"),
    ],
)
def test_a_cut_while_adding_loses_no_paper_that_is_stored(
    call: str, nth: int, folder: Path, embedder: Embedder
) -> None:
    kill_at(call, nth, add, folder, EMBEDDER, locate(EMBEDDER), sixty_papers())
    library = mended(folder, embedder)
    assert_consistent(library)
    stored = library.catalogue.count()
    assert stored in (0, 60)
    assert_finds_all(library)
    report = library.add(sixty_papers())
    assert (report.added, report.unchanged) == (60 - stored, stored)
    assert_consistent(library)
    assert_finds_all(library)
    library.close()


@pytest.fixture(scope="module")
def sixty_in_a_folder(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sixty")
    library = Library(folder, embedder)
    library.add(sixty_papers())
    library.close()
    return folder


@pytest.mark.parametrize(
    ("call", "nth"),
    [
        pytest.param("Catalogue.forget_stale", 1, id="before their deletion is noted"),
        pytest.param("Vectors._upsert", 4, id="while new vectors are stored"),
    ],
)
def test_a_cut_while_updating_leaves_no_old_vectors(
    call: str, nth: int, folder: Path, sixty_in_a_folder: Path, embedder: Embedder
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    changed = sixty_papers(seasons=4)
    kill_at(call, nth, add, folder, EMBEDDER, locate(EMBEDDER), changed)
    library = mended(folder, embedder)
    assert library.catalogue.papers() == changed
    assert_consistent(library)
    assert_finds_all(library)
    library.close()


def test_a_cut_while_removing_leaves_no_vectors_behind(
    folder: Path, sixty_in_a_folder: Path, embedder: Embedder
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    ids = [paper.id for paper in sixty_papers()[:30]]
    kill_at("Vectors._delete", 1, remove_papers, folder, EMBEDDER, locate(EMBEDDER), ids)
    library = mended(folder, embedder)
    assert library.catalogue.papers() == sixty_papers()[30:]
    assert_consistent(library)
    library.close()


@pytest.mark.parametrize(
    ("call", "nth", "embedder_name"),
    [
        pytest.param("Vectors._drop", 2, EMBEDDER, id="while the old vectors are dropped"),
        pytest.param("Vectors._drop", 2, "another", id="the same, for another embedder"),
        pytest.param("Catalogue.forget_vectors", 1, "another", id="before that is noted"),
        pytest.param("Vectors._upsert", 4, "another", id="while the new ones are stored"),
    ],
)
def test_a_cut_while_reindexing_leaves_a_library_that_one_embedder_opens(
    call: str,
    nth: int,
    embedder_name: str,
    folder: Path,
    sixty_in_a_folder: Path,
    embedder: Embedder,
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    kill_at(call, nth, reindex, folder, embedder_name, locate(EMBEDDER))
    with_old = Library(folder, embedder)
    owner = with_old.catalogue.meta("embedder")
    with_old.close()
    assert owner in (EMBEDDER, embedder_name)
    library = mended(folder, Embedder(str(owner), locate(EMBEDDER)))
    assert_consistent(library)
    assert_finds_all(library)
    library.close()
