"""Models that are offered by reference."""

from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models import load_registry, load_suggestions
from assistant.models.hugging_face_hub import parse_reference


def test_every_suggestion_can_be_pulled_and_has_a_licence() -> None:
    suggestions = load_suggestions()
    assert len({one.reference for one in suggestions}) == len(suggestions) >= 6
    for one in suggestions:
        source, _ = parse_reference(one.reference)
        assert len(source.revision) == 40
        assert one.licence
        assert 1e9 < one.bytes < one.memory


def test_no_suggestion_is_in_the_registry() -> None:
    files = {file.path for name in load_registry() for file in load_registry()[name].files}
    assert not any(parse_reference(one.reference)[1] in files for one in load_suggestions())


def test_malformed_suggestion_is_an_error(tmp_path: Path) -> None:
    registry = tmp_path / "registry.toml"
    registry.write_text('[[suggestion]]\nreference = "hf:owner/repo/file.gguf"\n', "utf-8")
    with pytest.raises(ModelError, match=r"registry.*is not valid"):
        load_suggestions(registry)
