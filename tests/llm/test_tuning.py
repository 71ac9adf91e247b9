"""What suits a machine is found by trying, and kept for each model."""

from pathlib import Path

import pytest

from assistant.answering.model_handle import ModelHandle
from assistant.errors import ModelError
from assistant.llm import Block, Prompt, Tuning, render_prompt
from assistant.llm.autotune import Change, Trial, changes_to_try, tune
from assistant.llm.tuning.store import keep_tuning, kept_tuning, tuning_path
from assistant.models import fingerprint
from assistant.settings import Settings


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "cache"))


FOUND = Tuning(threads=3, batch_tokens=64, kv_type="q8_0", repack=True, draft_tokens=1)


def test_what_was_found_comes_back_for_the_same_model_only() -> None:
    keep_tuning("one", FOUND)
    assert kept_tuning("one") == FOUND
    assert kept_tuning("another") is None


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"speed": 9}'])
def test_what_is_damaged_is_as_if_nothing_was_found(text: str) -> None:
    keep_tuning("one", FOUND)
    tuning_path("one").write_text(text)
    assert kept_tuning("one") is None


def test_a_model_is_loaded_as_was_found_best(small_model: Path) -> None:
    settings = Settings(model=str(small_model), reading_cache_mb=0)
    keep_tuning(fingerprint(settings.model), Tuning(threads=1, draft_tokens=0))
    loaded = ModelHandle(settings)
    assert loaded.engine().tuning == Tuning(threads=1, draft_tokens=0)
    loaded.close()


def test_the_setting_of_threads_has_the_last_word(small_model: Path) -> None:
    settings = Settings(model=str(small_model), reading_cache_mb=0, threads=1)
    keep_tuning(fingerprint(settings.model), FOUND)
    loaded = ModelHandle(settings)
    assert loaded.engine().tuning.threads == 1
    loaded.close()


def prompts() -> list[Prompt]:
    return [
        render_prompt("answer", [Block(f"Paper {i}", (f"It has {i} parts.",), (0,))], question="?")
        for i in range(4)
    ]


def test_a_change_is_part_of_the_best_from_the_moment_that_it_is_kept(small_model: Path) -> None:
    # How fast either is depends on the machine; that the first is enough and the second is not,
    # does not.
    changes = [
        Change("small batches", {"batch_tokens": 32}, enough=0.0),
        Change("one thread", {"threads": 1}, enough=1e9),
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


def test_a_change_that_the_model_does_not_stand_is_not_kept_and_the_others_are_tried(
    small_model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # No tuning is known that this small model does not stand.
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


def test_a_model_that_could_not_be_loaded_is_loaded_anew(small_model: Path, tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(b"GGUF, but no more than that")
    loaded = ModelHandle(Settings(model=str(file), reading_cache_mb=0))
    with pytest.raises(ModelError):
        loaded.engine().wait_until_loaded()
    file.unlink()
    file.symlink_to(small_model)
    engine = loaded.engine()
    engine.wait_until_loaded()
    assert loaded.engine() is engine
    loaded.close()


def test_a_change_that_changes_nothing_is_not_tried(small_model: Path) -> None:
    the_default = Change("f16", {"kv_type": "f16"})
    assert tune(small_model, [the_default], prompts(), pytest.fail) == Tuning()


def test_a_machine_with_one_core_has_no_fewer_threads_to_try() -> None:
    assert not any("threads" in change.values for change in changes_to_try(1))
    assert [c.values["threads"] for c in changes_to_try(8) if "threads" in c.values] == [7, 4]
