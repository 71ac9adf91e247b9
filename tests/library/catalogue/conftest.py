"""Fixtures for the tests of the catalogue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from stored_sentences import store

from assistant.library import Catalogue
from assistant.papers import Paper


@pytest.fixture
def catalogue(made_up_papers: list[Paper], tmp_path: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    store(catalogue, *made_up_papers)
    yield catalogue
    catalogue.close()
