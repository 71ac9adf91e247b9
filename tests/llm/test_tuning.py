"""Tuning: measuring the best options, and storing them for each model."""

from pathlib import Path

import pytest

from assistant.answering.model_handle import ModelHandle
from assistant.errors import ModelError
from assistant.llm import Block, Prompt, Tuning, render_prompt
from assistant.llm.autotune import Change, Trial, changes_to_try, tune
from assistant.llm.tuning.store import load_tuning, store_tuning, tuning_path
from assistant.models import fingerprint
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "cache"))


STORED = Tuning(threads=3, batch_tokens=64, kv_type="q8_0", repack=True, draft_tokens=1)


def test_tuning_is_stored_per_model() -> None:
    store_tuning("one", STORED)
    assert load_tuning("one") == STORED
    assert load_tuning("another") is None


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"speed": 9}'])
def test_damaged_file_is_ignored(text: str) -> None:
    store_tuning("one", STORED)
    tuning_path("one").write_text(text)
    assert load_tuning("one") is None


def test_model_is_loaded_with_the_stored_tuning(small_model: Path) -> None:
    settings = Settings(model=str(small_model), reading_cache_mb=0)
    store_tuning(fingerprint(settings.model), Tuning(threads=1, draft_tokens=0))
    handle = ModelHandle(settings)
    assert handle.engine().tuning == Tuning(threads=1, draft_tokens=0)
    handle.close()


def test_setting_of_threads_overrides_the_stored_tuning(small_model: Path) -> None:
    settings = Settings(model=str(small_model), reading_cache_mb=0, threads=1)
    store_tuning(fingerprint(settings.model), STORED)
    handle = ModelHandle(settings)
    assert handle.engine().tuning.threads == 1
    handle.close()


def prompts() -> list[Prompt]:
    return [
        render_prompt("answer", [Block(f"Paper {i}", (f"It has {i} parts.",), (0,))], question="?")
        for i in range(4)
    ]


def test_change_is_kept_if_it_reaches_the_minimum_speedup(small_model: Path) -> None:
    # The speedups depend on the machine; that the first suffices and the second does not, does not.
    changes = [
        Change("small batches", {"batch_tokens": 32}, min_speedup=0.0),
        Change("one thread", {"threads": 1}, min_speedup=1e9),
    ]
    trials: list[Trial] = []
    found = tune(small_model, changes, prompts(), trials.append)
    assert found == Tuning(batch_tokens=32)
    assert [(trial.change, trial.kept) for trial in trials] == [
        ("small batches", True),
        ("one thread", False),
    ]
    assert all(trial.speedup > 0 for trial in trials)
    assert [(trial.done, trial.total) for trial in trials] == [(1, 2), (2, 2)]


def test_unsupported_change_is_not_kept_and_the_others_are_tried(
    small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No tuning is known that this small model does not support.
    speedups = iter([ModelError("No context of that kind."), 1.5])

    def speedup(*_: object) -> float:
        found = next(speedups)
        if isinstance(found, ModelError):
            raise found
        return found

    monkeypatch.setattr("assistant.llm.autotune._speedup", speedup)
    changes = [Change("q8_0", {"kv_type": "q8_0"}), Change("small batches", {"batch_tokens": 32})]
    trials: list[Trial] = []
    assert tune(small_model, changes, prompts(), trials.append) == Tuning(batch_tokens=32)
    assert [trial.kept for trial in trials] == [False, True]


def test_model_that_failed_to_load_is_loaded_again(small_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF, but no more than that")
    handle = ModelHandle(Settings(model=str(file), reading_cache_mb=0))
    with pytest.raises(ModelError):
        handle.engine().wait_until_loaded()
    file.unlink()
    file.symlink_to(small_model)
    engine = handle.engine()
    engine.wait_until_loaded()
    assert handle.engine() is engine
    handle.close()


def test_change_without_effect_is_not_tried(small_model: Path) -> None:
    the_default = Change("f16", {"kv_type": "f16"})
    assert tune(small_model, [the_default], prompts(), pytest.fail) == Tuning()


def test_changes_to_try_have_fewer_threads_than_cores() -> None:
    assert not any("threads" in change.values for change in changes_to_try(1))
    assert [c.values["threads"] for c in changes_to_try(8) if "threads" in c.values] == [7, 4]
