"""Texts for the page without the folders of files."""

from pathlib import Path

import pytest

from assistant.chat.widgets.progress_bar import error_note
from assistant.chat.widgets.without_paths import without_paths


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("/home/ada/lib/catalogue.sqlite is damaged.", "catalogue.sqlite is damaged."),
        ("See https://example.org/a/b and/or 3/4.", "See https://example.org/a/b and/or 3/4."),
        ("It is in “/home/ada/lib”, or not.", "It is in “lib”, or not."),
        ("No path / at all.", "No path / at all."),
        ("No paper. GET /papers lists the ids.", "No paper. GET /papers lists the ids."),
        ("Use /v1/models or (/evals/{name}).", "Use /v1/models or (/evals/{name})."),
        ("A ratio of 3 /4.", "A ratio of 3 /4."),
    ],
)
def test_paths_become_names(text: str, shown: str) -> None:
    assert without_paths(text) == shown


def test_existing_path_may_have_spaces(tmp_path: Path) -> None:
    folder = tmp_path / "My papers"
    folder.mkdir()
    note = error_note(f"{folder} cannot be read (denied). Choose another.")
    assert "My papers cannot be read (denied). Choose another." in note
    assert str(tmp_path) not in note
