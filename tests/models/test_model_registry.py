"""The model registry: the shipped entries, and validation."""

import re
from pathlib import Path

import pytest

from assistant.errors import ModelError
from assistant.models import load_registry
from assistant.models.registry import HuggingFaceSource, WheelSource
from assistant.settings import Settings

ENTRY = """
[[model]]
name = "tiny"
kind = "gguf"
description = "A test."
licence = "MIT"
context_tokens = 512
[[model.file]]
path = "tiny.gguf"
bytes = 5
sha256 = "{sha256}"
[[model.source]]
type = "hugging-face"
repo = "owner/repo"
revision = "main"
""".format(sha256="a" * 64)


def test_every_shipped_model_has_a_licence_hashes_and_two_sources() -> None:
    registry = load_registry()
    assert len(registry) >= 5
    for name in registry:
        entry = registry[name]
        assert entry.licence == "Apache-2.0"
        assert entry.context_tokens > 0
        assert all(re.fullmatch("[0-9a-f]{64}", file.sha256 or "") for file in entry.files)
        hub, wheels = entry.sources
        assert isinstance(hub, HuggingFaceSource)
        assert re.fullmatch("[0-9a-f]{40}", hub.revision), "pinned at a commit"
        assert isinstance(wheels, WheelSource)
        if wheels.part_bytes:
            assert (wheels.parts - 1) * wheels.part_bytes < entry.bytes
            assert wheels.parts * wheels.part_bytes >= entry.bytes


def test_default_settings_name_known_models() -> None:
    registry = load_registry()
    assert registry[Settings().model].kind == "gguf"
    assert registry[Settings().embedder].dimension == 384


def test_unknown_name_suggests_the_closest() -> None:
    with pytest.raises(ModelError, match=r"Did you mean 'smollm2-135m-instruct'\?.*Known models"):
        load_registry()["smolm2-135m"]


def test_registry_in_another_file(tmp_path: Path) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(ENTRY)
    registry = load_registry(path)
    assert list(registry) == ["tiny"]
    assert registry["tiny"].bytes == 5


@pytest.mark.parametrize(
    ("right", "wrong", "reason"),
    [
        ('licence = "MIT"', "", "licence"),
        ('kind = "gguf"', 'kind = "onnx"', "kind must be one of gguf, embedder"),
        ("a" * 64, "a" * 63, "SHA-256 of 64"),
        ("bytes = 5", 'bytes = "5"', "bytes must be a int"),
        ('"tiny.gguf"', '"../tiny.gguf"', "outside of the model's folder"),
        ('"hugging-face"', '"carrier-pigeon"', "unknown type of source"),
        ('name = "tiny"', 'name = "../tiny"', "a name may have lower-case letters"),
        ("[[model]]", "[[model", "is not valid"),
    ],
)
def test_invalid_entry_raises_with_the_reason(
    tmp_path: Path, right: str, wrong: str, reason: str
) -> None:
    path = tmp_path / "registry.toml"
    path.write_text(ENTRY.replace(right, wrong))
    with pytest.raises(ModelError, match=reason):
        load_registry(path)
