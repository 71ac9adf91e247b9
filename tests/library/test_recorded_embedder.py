"""The embedder that a library was indexed with."""

from contextlib import closing
from pathlib import Path

from assistant.library import Catalogue, with_recorded_embedder
from assistant.settings import Settings


def test_recorded_embedder_replaces_the_default(tmp_path: Path) -> None:
    with closing(Catalogue(tmp_path / "catalogue.sqlite")) as catalogue:
        catalogue.set_meta("embedder", "another")
    assert with_recorded_embedder(Settings(), tmp_path).embedder == "another"


def test_chosen_embedder_is_kept(tmp_path: Path) -> None:
    with closing(Catalogue(tmp_path / "catalogue.sqlite")) as catalogue:
        catalogue.set_meta("embedder", "another")
    assert with_recorded_embedder(Settings(embedder="mine"), tmp_path).embedder == "mine"


def test_missing_or_empty_library_keeps_the_default(tmp_path: Path) -> None:
    assert with_recorded_embedder(Settings(), tmp_path / "missing") == Settings()
    Catalogue(tmp_path / "catalogue.sqlite").close()
    assert with_recorded_embedder(Settings(), tmp_path) == Settings()
