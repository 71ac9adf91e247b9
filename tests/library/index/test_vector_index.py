"""The vectors of a library are checked, and rebuilt from the catalogue if they are damaged."""

import logging
import multiprocessing
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from consistency import assert_consistent
from word_embedder import WordEmbedder

from assistant.library import Catalogue, Library
from assistant.library.index.vector_record import read_record
from assistant.library.storage.writing_lock import WritingLock
from assistant.papers import Paper

OTTERS = "We count the otters of a harbour."


def papers(count: int) -> list[Paper]:
    return [
        Paper(title=f"Report {number}", abstract=f"We weigh {number} stones. They are heavy.")
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of six papers, closed. Change a copy."""
    folder = tmp_path_factory.mktemp("made")
    with closing(Library(folder, WordEmbedder())) as library:
        library.add([*papers(5), Paper(title="Otters", abstract=OTTERS)])
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "library"))


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with closing(Library(folder, WordEmbedder())) as library:
        yield library


def nearest(library: Library) -> str:
    [(id_, _)] = library.nearest("chunk", WordEmbedder().embed([OTTERS])[0], 1)
    return library.catalogue.papers([id_])[0].title


def remove(vectors: Path) -> None:
    shutil.rmtree(vectors)


def overwrite_database(vectors: Path) -> None:
    (vectors / "chroma.sqlite3").write_bytes(b"no database" * 1000)


def zero_pages_of_database(vectors: Path) -> None:
    data = bytearray((vectors / "chroma.sqlite3").read_bytes())
    data[8192 : 20 * 4096] = bytes(20 * 4096 - 8192)
    (vectors / "chroma.sqlite3").write_bytes(data)


def flip_bits_of_vectors(vectors: Path) -> None:
    data = bytearray((vectors / "chroma.sqlite3").read_bytes())
    stored = WordEmbedder().embed([f"Otters. {OTTERS}"])[0].tobytes()
    places = [at for at in range(len(data)) if data.startswith(stored, at)]
    assert places
    for at in places:
        data[at : at + len(stored)] = bytes(byte ^ 0x10 for byte in stored)
    (vectors / "chroma.sqlite3").write_bytes(data)


@pytest.mark.parametrize(
    "damage", [remove, overwrite_database, zero_pages_of_database, flip_bits_of_vectors]
)
def test_damaged_vectors_are_rebuilt_with_one_line_about_it(
    damage: Callable[[Path], None], folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    damage(folder / "vectors")
    with closing(Library(folder, WordEmbedder())) as library:
        assert nearest(library) == "Otters"
        assert_consistent(library)
    [line] = [record.message for record in caplog.records if record.levelno >= logging.WARNING]
    assert "are damaged" in line
    assert "No paper is lost" in line
    with closing(Library(folder, WordEmbedder())) as library:
        assert nearest(library) == "Otters"
    assert len(caplog.records) == 1


def test_intact_vectors_are_opened_without_a_process_to_check_them(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(folder: Path) -> None:
        raise AssertionError("the vectors are checked")

    monkeypatch.setattr("assistant.library.index.vector_index.check_vectors", fail)
    assert nearest(library) == "Otters"
    library.add([Paper(title="More", abstract="More stones.")])
    assert nearest(library) == "Otters"


def reindex(folder: Path, name: str) -> None:
    with closing(Library(folder, WordEmbedder(name))) as library:
        library.reindex()


def test_reader_finds_papers_before_during_and_after_reindexing_by_another_process(
    folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nearest(library) == "Otters"
    with closing(Library(folder, WordEmbedder())) as other:
        during: list[str] = []
        index = type(other._index)._indexer_of

        def indexer_of(self: object, *arguments: object) -> object:
            during.append(nearest(library))
            return index(other._index, *arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(type(other._index), "_indexer_of", indexer_of)
        other.reindex()
    assert during == ["Otters"]
    assert nearest(library) == "Otters"
    assert_consistent(library)
    assert not (folder / "vectors").exists()


def hold(folder: Path, started: "multiprocessing.synchronize.Event") -> None:
    with WritingLock(folder).held():
        started.set()
        # Until the one who waits says for whom.
        while not (folder / "said").exists():
            pass


def test_waiting_command_says_for_whom(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    context = multiprocessing.get_context("fork")
    started = context.Event()
    process = context.Process(target=hold, args=(folder, started))
    process.start()
    started.wait()

    class Said(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            (folder / "said").touch()

    handler = Said()
    logging.getLogger("assistant.library.storage.writing_lock").addHandler(handler)
    try:
        with WritingLock(folder).held():
            pass
    finally:
        logging.getLogger("assistant.library.storage.writing_lock").removeHandler(handler)
    process.join()
    assert f"process {process.pid}, since" in caplog.text


def test_record_of_vectors_follows_their_folder(folder: Path, library: Library) -> None:
    library.reindex()
    record = read_record(library.catalogue)
    assert record.is_clean
    assert (folder / record.folder).is_dir()
    with closing(Catalogue(folder / "catalogue.sqlite")) as catalogue:
        assert read_record(catalogue) == record
