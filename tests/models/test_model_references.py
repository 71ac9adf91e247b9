"""Model references: registry names, paths, and files on Hugging Face."""

import time
from pathlib import Path

import pytest
from weights import WEIGHTS, Hub

from assistant.errors import ModelError
from assistant.models import fingerprint, list_models, locate, pull, remove

REFERENCE = "hf:owner/repo/model.gguf"


def test_locating_a_model_that_is_not_downloaded_raises() -> None:
    with pytest.raises(ModelError, match="assistant models pull smollm2-135m-instruct"):
        locate("smollm2-135m-instruct")


def test_unknown_name_raises() -> None:
    for verb in (locate, pull, remove):
        with pytest.raises(ModelError, match="No model is called 'gpt-99'"):
            verb("gpt-99")


def test_path_of_a_gguf_file_is_a_model(tmp_path: Path) -> None:
    path = tmp_path / "mine.gguf"
    path.write_bytes(WEIGHTS)
    assert locate(str(path)) == path
    assert pull(str(path)) == path
    before = fingerprint(str(path))
    time.sleep(0.02)
    path.write_bytes(WEIGHTS + b"more")
    assert fingerprint(str(path)) != before


def test_file_that_is_not_gguf_raises(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"<html>Not found</html>")
    with pytest.raises(ModelError, match="is not a GGUF file"):
        locate(str(path))


def test_missing_file_raises(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"No such file.*assistant models list"):
        locate(str(tmp_path / "missing.gguf"))


def test_folder_must_be_of_sentence_transformers(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no modules\.json"):
        locate(str(tmp_path))
    (tmp_path / "modules.json").write_text("[]")
    assert locate(str(tmp_path)) == tmp_path
    assert len(fingerprint(str(tmp_path))) == 12


def test_file_on_hugging_face_is_pulled_verified_and_removed(hub: Hub) -> None:
    with pytest.raises(ModelError, match=f"assistant models pull {REFERENCE}"):
        locate(REFERENCE)
    path = pull(REFERENCE)
    assert path.read_bytes() == WEIGHTS
    assert locate(REFERENCE) == path
    assert [status.entry.name for status in list_models()][-1] == REFERENCE
    pull(REFERENCE)
    assert len(hub.gets) == 1
    assert remove(REFERENCE) > len(WEIGHTS)


def test_reference_with_a_revision(hub: Hub) -> None:
    hub.files = {"owner/repo/resolve/v1/model.gguf": WEIGHTS}
    assert pull("hf:owner/repo@v1/model.gguf").read_bytes() == WEIGHTS
    with pytest.raises(ModelError, match="no such file or revision"):
        pull("hf:owner/repo@v2/model.gguf")


def test_file_without_a_hash_is_checked_by_size_and_format(hub: Hub) -> None:
    hub.names_hashes = False
    assert pull(REFERENCE).read_bytes() == WEIGHTS
    assert len(fingerprint(REFERENCE)) == 12
    hub.files["owner/repo/resolve/v1/page.gguf"] = b"<html></html>"
    with pytest.raises(ModelError, match="is not a GGUF file"):
        pull("hf:owner/repo@v1/page.gguf")


@pytest.mark.parametrize(
    "reference",
    [
        "hf:owner/model.gguf",
        "hf:owner/repo/model.bin",
        "hf:../repo/model.gguf",
        "hf:owner/repo/../../model.gguf",
        "hf:owner/repo/model-00001-of-00002.gguf",
    ],
)
def test_malformed_reference_raises(reference: str) -> None:
    with pytest.raises(ModelError, match=r"is not a reference|one part of a split model"):
        locate(reference)
