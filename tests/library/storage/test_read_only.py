"""A library that cannot be written can be read and searched."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from word_embedder import WordEmbedder

from assistant.errors import LibraryError
from assistant.library import Catalogue, Conversations, Library
from assistant.library.backup.archive import write_backup
from assistant.library.inspect_library import inspect_library
from assistant.papers import Paper

PAPERS = [
    Paper(title="Otters", abstract="We count the otters of a harbour."),
    Paper(title="Stones", abstract="We weigh stones. They are heavy."),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A library with two papers and a conversation, seen through a read-only mount."""
    folder, mounted = tmp_path_factory.mktemp("library"), tmp_path_factory.mktemp("mounted")
    bind = ["mount", "--bind", str(folder), str(mounted)]
    if subprocess.run(bind, capture_output=True, check=False).returncode:
        pytest.skip("mounting a folder takes root")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(mounted)], check=True)
    # Both stay open: the changes are in the write-ahead logs.
    with (
        closing(Library(folder, WordEmbedder())) as library,
        closing(Conversations(folder / "conversations.sqlite")) as conversations,
    ):
        library.add(PAPERS)
        conversations.start("", "How many otters?")
        yield mounted
    subprocess.run(["umount", "--lazy", str(mounted)], check=True)


def test_papers_are_listed_searched_and_copied(folder: Path, tmp_path: Path) -> None:
    with closing(Catalogue(folder / "catalogue.sqlite")) as catalogue:
        assert catalogue.papers() == PAPERS
    with closing(Library(folder, WordEmbedder())) as library:
        library.repair()
        vector = WordEmbedder().embed([f"Otters. {PAPERS[0].abstract}"])[0]
        assert library.nearest("chunk", vector, 1)[0][0] == PAPERS[0].id
        assert library.catalogue.words.match(["stones"], 5)[0][0] == PAPERS[1].id
        assert library.word_cosines(["otter"], ["stone"]).shape == (1, 1)
        chunks = library.catalogue.chunks_of([PAPERS[0].id], "sentence")
        assert len(library.vectors_of(chunks)) == 1
    with closing(Conversations(folder / "conversations.sqlite")) as conversations:
        assert len(conversations.all("")) == 1
    assert write_backup(folder, tmp_path / "backup.zip").papers == 2
    assert all(finding.ok for finding in inspect_library(folder))


def test_changes_are_refused_in_one_line(folder: Path) -> None:
    with closing(Library(folder, WordEmbedder())) as library:
        for change in (
            lambda: library.add(PAPERS),
            lambda: library.remove([PAPERS[0].id]),
            library.reindex,
            lambda: library.catalogue.annotations.label("", "tag", "wet", [PAPERS[0].id]),
        ):
            with pytest.raises(LibraryError, match="cannot be written"):
                change()
    with (
        closing(Conversations(folder / "conversations.sqlite")) as conversations,
        pytest.raises(LibraryError, match="cannot be written"),
    ):
        conversations.start("", "And stones?")
