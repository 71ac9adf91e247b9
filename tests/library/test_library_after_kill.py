"""A library whose process was killed is consistent again after it is opened and repaired."""

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


def repaired(folder: Path, embedder: Embedder) -> Library:
    library = Library(folder, embedder)
    library.repair()
    return library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.mark.parametrize(
    ("call", "nth"),
    [
        pytest.param("Database._migrate", 1, id="before the catalogue is created"),
        pytest.param("Catalogue._upsert_paper", 30, id="while papers are stored"),
        pytest.param("Vectors.store", 1, id="before the first vectors"),
        pytest.param(
            "PendingWork.mark_indexed", 1, id="before the first papers are marked as indexed"
        ),
        pytest.param("Vectors._upsert", 8, id="in the third batch of vectors"),
    ],
)
def test_kill_while_adding_loses_no_stored_paper(
    call: str, nth: int, folder: Path, embedder: Embedder
) -> None:
    kill_at(call, nth, add, folder, EMBEDDER, locate(EMBEDDER), sixty_papers())
    library = repaired(folder, embedder)
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
        pytest.param(
            "PendingWork.mark_deleted", 1, id="before the old vectors are marked as deleted"
        ),
        pytest.param("Vectors._upsert", 4, id="while new vectors are stored"),
    ],
)
def test_kill_while_updating_leaves_no_old_vectors(
    call: str, nth: int, folder: Path, sixty_in_a_folder: Path, embedder: Embedder
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    changed = sixty_papers(seasons=4)
    kill_at(call, nth, add, folder, EMBEDDER, locate(EMBEDDER), changed)
    library = repaired(folder, embedder)
    assert library.catalogue.papers() == changed
    assert_consistent(library)
    assert_finds_all(library)
    library.close()


def test_kill_while_removing_leaves_no_vectors_behind(
    folder: Path, sixty_in_a_folder: Path, embedder: Embedder
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    ids = [paper.id for paper in sixty_papers()[:30]]
    kill_at("Vectors._delete", 1, remove_papers, folder, EMBEDDER, locate(EMBEDDER), ids)
    library = repaired(folder, embedder)
    assert library.catalogue.papers() == sixty_papers()[30:]
    assert_consistent(library)
    library.close()


@pytest.mark.parametrize(
    ("call", "nth", "embedder_name"),
    [
        pytest.param("Vectors._upsert", 4, EMBEDDER, id="while new vectors are stored"),
        pytest.param("ChunkIndex.replace", 1, "another", id="before the new ones replace the old"),
        pytest.param(
            "VectorIndex._remove_leftovers", 2, "another", id="before the old are deleted"
        ),
        pytest.param(
            "ChunkIndex.mark_all_unindexed", 1, "another", id="before the embedder is recorded"
        ),
        pytest.param("Vectors._upsert", 4, "another", id="while the new vectors are stored"),
    ],
)
def test_kill_while_reindexing_leaves_library_of_one_embedder(
    call: str,
    nth: int,
    embedder_name: str,
    folder: Path,
    sixty_in_a_folder: Path,
    embedder: Embedder,
) -> None:
    shutil.copytree(sixty_in_a_folder, folder)
    kill_at(call, nth, reindex, folder, embedder_name, locate(EMBEDDER))
    library = Library(folder, embedder)
    recorded = library.catalogue.meta("embedder")
    library.close()
    assert recorded in (EMBEDDER, embedder_name)
    library = repaired(folder, Embedder(str(recorded), locate(EMBEDDER)))
    assert_consistent(library)
    assert_finds_all(library)
    library.close()
