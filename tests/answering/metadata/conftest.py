"""A library of records, for the tests of questions about records."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from record_papers import RECORDS

from assistant.library import Embedder, Library
from assistant.papers import Paper


@pytest.fixture(scope="session")
def record_library(
    embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    library = Library(tmp_path_factory.mktemp("records"), embedder)
    library.add(RECORDS)
    yield library
    library.close()


@pytest.fixture
def frost_library(embedder: Embedder, tmp_path: Path) -> Iterator[Library]:
    """A library with 15 papers by one author."""
    library = Library(tmp_path, embedder)
    library.add(
        Paper(title=f"Note {number}", abstract="Snow fell.", authors=("Ada Frost",), year=2000)
        for number in range(15)
    )
    yield library
    library.close()
