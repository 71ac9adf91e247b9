"""Pulling over HTTP: resuming, verification, unreachable servers, a full disk."""

import errno
import socket
import threading
import time
from pathlib import Path

import pytest
from weights import WEIGHTS, Hub, make_wheel, model_file, registry_of

from assistant.errors import ModelError
from assistant.http.transport import InsecureRedirectError
from assistant.models import (
    PullProgress,
    fingerprint,
    hugging_face_hub,
    list_models,
    locate,
    pull,
    remove,
)
from assistant.models.partial_file import PartialFile, SourceError
from assistant.models.registry import HuggingFaceSource, ModelFile, WheelSource

FROM_HUB = HuggingFaceSource("owner/repo", "v1")
TINY = registry_of(FROM_HUB)


def test_pulled_model_is_verified_and_located(hub: Hub, cache: Path) -> None:
    progress: list[PullProgress] = []
    path = pull("tiny", progress.append, registry=TINY)
    assert path == cache / "models" / "tiny" / "model.gguf"
    assert path.read_bytes() == WEIGHTS
    assert progress[-1] == PullProgress("tiny", len(WEIGHTS), len(WEIGHTS))
    assert locate("tiny", registry=TINY) == path
    assert fingerprint("tiny", registry=TINY) == (TINY["tiny"].files[0].sha256 or "")[:12]


def test_downloaded_model_is_not_requested_again(hub: Hub) -> None:
    pull("tiny", registry=TINY)
    pull("tiny", registry=TINY)
    assert len(hub.gets) == 1


def test_download_is_resumed_after_a_broken_connection(hub: Hub) -> None:
    hub.cut_after = [1_000_000, 500_000]
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS
    assert hub.gets == ["", "bytes=1000000-", "bytes=1500000-"]


def test_interrupted_pull_is_resumed(hub: Hub) -> None:
    def kill(progress: PullProgress) -> None:
        if progress.bytes_done > 1_000_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pull("tiny", kill, registry=TINY)
    with pytest.raises(ModelError, match="assistant models pull tiny"):
        locate("tiny", registry=TINY)
    (status,) = list_models(registry=TINY)
    assert not status.present
    assert status.bytes_on_disk > 1_000_000

    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS
    assert hub.gets[1] == f"bytes={status.bytes_on_disk}-"


def test_download_restarts_if_the_server_does_not_support_ranges(hub: Hub) -> None:
    hub.supports_ranges = False
    hub.cut_after = [2_000_000]
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_wrong_bytes_are_deleted_and_raise(hub: Hub, cache: Path) -> None:
    hub.files["owner/repo/resolve/v1/model.gguf"] = WEIGHTS[:-1] + b"!"
    with pytest.raises(ModelError, match=r"Hugging Face owner/repo: .*SHA-256.*deleted"):
        pull("tiny", registry=TINY)
    assert [path for path in (cache / "models" / "tiny").rglob("*") if path.is_file()] == []


def test_damaged_partial_download_is_discarded(hub: Hub, cache: Path) -> None:
    folder = cache / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.gguf.partial").write_bytes(b"?" * 1000)
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS
    assert hub.gets == ["bytes=1000-", ""]


def test_partial_download_is_kept_if_the_server_sends_a_page(hub: Hub, cache: Path) -> None:
    folder = cache / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.gguf.partial").write_bytes(WEIGHTS[:1000])
    hub.supports_ranges = False
    hub.files["owner/repo/resolve/v1/model.gguf"] = b"<html>Please log in</html>"
    with pytest.raises(ModelError, match="offers 26 bytes"):
        pull("tiny", registry=TINY)
    assert (folder / "model.gguf.partial").read_bytes() == WEIGHTS[:1000]


def test_damaged_model_is_detected_and_pulled_again(hub: Hub) -> None:
    path = pull("tiny", registry=TINY)
    path.write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(ModelError, match="is incomplete"):
        locate("tiny", registry=TINY)
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_model_copied_into_the_cache_is_verified(cache: Path) -> None:
    path = cache / "models" / "tiny" / "model.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(WEIGHTS)
    assert locate("tiny", registry=TINY) == path


def test_unreachable_source_is_skipped_within_seconds(
    hub: Hub, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed.getsockname()[1]}")
        make_wheel(wheelhouse, "tiny_weights", {"tiny_weights/model.gguf": WEIGHTS})
        wheels = WheelSource("tiny-weights==1.0", "tiny_weights/{file}")
        notes: list[str] = []
        seconds: list[float] = []
        started = time.monotonic()

        def report(progress: PullProgress) -> None:
            if progress.note:
                notes.append(progress.note)
                seconds.append(time.monotonic() - started)

        path = pull("tiny", report, registry=registry_of(FROM_HUB, wheels))
    assert path.read_bytes() == WEIGHTS
    assert seconds[0] < 10  # not counting the download by pip
    (note,) = notes
    assert note.startswith("Hugging Face owner/repo: unreachable")


def test_error_names_each_source_with_its_reason(
    hub: Hub, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    wheels = WheelSource("no-such-weights==1.0", "weights/{file}")
    with pytest.raises(ModelError) as caught:
        pull("tiny", registry=registry_of(FROM_HUB, wheels))
    message = str(caught.value)
    assert "Hugging Face owner/repo: skipped, because HF_HUB_OFFLINE is set" in message
    assert "package index no-such-weights==1.0: pip cannot download" in message
    assert "--model /path/to/file.gguf" in message
    assert hub.gets == []


def test_insecure_redirect_is_a_source_error() -> None:
    with pytest.raises(SourceError, match="unencrypted"), hugging_face_hub._source_errors():
        raise InsecureRedirectError("it redirects to an unencrypted address")


def test_concurrent_pulls_download_once(hub: Hub) -> None:
    hub.cut_after = [2_000_000]
    paths: list[Path] = []
    threads = [
        threading.Thread(target=lambda: paths.append(pull("tiny", registry=TINY))) for _ in "ab"
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert paths[0] == paths[1]
    assert len([wanted for wanted in hub.gets if wanted == ""]) == 1


def test_model_larger_than_the_free_space_is_not_requested(hub: Hub) -> None:
    huge = registry_of(FROM_HUB, file=ModelFile("model.gguf", 10**18, "a" * 64))
    with pytest.raises(ModelError, match=r"needs 1,000,000,000,000,000,000 bytes in .*tiny"):
        pull("tiny", registry=huge)
    assert hub.gets == []


def test_full_disk_raises_and_deletes_the_partial_download(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = PartialFile.append

    def append_until_full(partial: PartialFile, block: bytes) -> None:
        if partial.size > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(partial, block)

    monkeypatch.setattr(PartialFile, "append", append_until_full)
    with pytest.raises(ModelError, match=r"The disk is full: tiny needs 3,000,004 bytes in "):
        pull("tiny", registry=TINY)
    assert list((cache / "models" / "tiny").iterdir()) == []


def test_remove_returns_the_bytes_freed(hub: Hub) -> None:
    pull("tiny", registry=TINY)
    assert remove("tiny", registry=TINY) >= len(WEIGHTS)
    assert remove("tiny", registry=TINY) == 0
    assert not list_models(registry=TINY)[0].present


def test_file_of_the_same_size_with_another_hash_raises(hub: Hub) -> None:
    other = model_file("model.gguf", WEIGHTS[::-1])
    with pytest.raises(ModelError, match="SHA-256"):
        pull("tiny", registry=registry_of(FROM_HUB, file=other))
