"""Answering a question set with checks and steps switched off, from one recording of the model."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from run_factories import QUICK

from assistant import Assistant
from assistant.answering import SentenceDropped, SentenceWritten, TokenWritten
from assistant.answering.answer import AnswerSentence
from assistant.answering.events import AnswerEvent
from assistant.cli import main
from assistant.errors import InputError
from assistant.evaluation import evaluate, load_questions
from assistant.evaluation.ablation.ablate import (
    CALLS_FILE,
    ablate,
    ablate_retrieval,
    fired_checks,
)
from assistant.evaluation.ablation.recorded_model import ModelCalls
from assistant.evaluation.ablation.table import FIGURES, RETRIEVAL_FIGURES, write_ablation
from assistant.evaluation.ablation.variants import retrieval_variants, variants
from assistant.library import Library
from assistant.settings import Settings
from assistant.switches import CHECKS, STEPS


def test_recorded_answers_are_those_of_a_run(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)
    run = evaluate(quick_assistant, questions)
    recorded, repeated = (
        ablate(quick_assistant, questions, {}, name="made-up", out=tmp_path) for _ in range(2)
    )
    assert repeated.computed == 0
    for (_, first), (_, second), (_, third) in zip(
        run.results, recorded.run.results, repeated.run.results, strict=True
    ):
        # The last bits of the model's numbers depend on what its cache held before.
        assert first.confidence == pytest.approx(second.confidence, abs=0.01)
        assert replace(first, timings={}, confidence=None) == replace(
            second, timings={}, confidence=None
        )
        assert replace(second, timings={}) == replace(third, timings={})


def test_checks_are_switched_off_without_a_call_to_the_model(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)
    progress: list[tuple[int, int]] = []
    ablate(quick_assistant, questions, {}, name="made-up", out=tmp_path)
    ablation = ablate(
        quick_assistant,
        questions,
        variants(["checks"]),
        name="made-up",
        out=tmp_path,
        on_progress=lambda one: progress.append((one.done, one.total)),
    )
    assert ablation.computed == 0
    assert [one.name for one in ablation.ablated] == list(CHECKS)
    for one in ablation.ablated:
        assert one.fired is not None
        assert one.changed <= one.fired
        assert one.comparison.n == len(questions)
    total = len(questions) * (1 + len(CHECKS))
    assert (progress[0], progress[-1]) == ((0, total), (total, total))


def test_step_that_changes_the_evidence_asks_the_model_again(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    changes = {"fewer": {"evidence_sentences": "2"}}
    first = ablate(quick_assistant, questions, {}, name="made-up", out=tmp_path)
    second = ablate(quick_assistant, questions, changes, name="made-up", out=tmp_path)
    assert first.computed > 0
    assert second.computed > 0
    [fewer] = second.ablated
    assert fewer.fired is None
    assert ablate(quick_assistant, questions, changes, name="m", out=tmp_path).computed == 0


def test_report_has_a_row_for_each_name_with_what_it_brings(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)[:2]
    chosen = variants(["presets"])
    ablation = ablate(quick_assistant, questions, chosen, name="made-up", out=tmp_path)
    page = write_ablation(ablation, tmp_path).read_text(encoding="utf-8")
    assert "| all checks |" in page
    assert "| plain |" in page
    assert all(title in page for title in FIGURES.values())
    record = json.loads((tmp_path / "ablation.json").read_text(encoding="utf-8"))
    assert [one["settings"] for one in record["off"]] == [{"checks": "none"}, {"preset": "plain"}]


# They act before or after retrieval.
_OUTSIDE = ("spelling", "kinds", "verdicts", "reported")


def test_steps_of_retrieval_are_measured_without_a_model(
    quick_assistant: Assistant, questions_file: Path, tmp_path: Path
) -> None:
    questions = load_questions(questions_file)
    ablation = ablate_retrieval(quick_assistant, questions, retrieval_variants(), name="made-up")
    names = [one.name for one in ablation.ablated]
    assert names == [*(step for step in STEPS if step not in _OUTSIDE), "plain"]
    assert ablation.run.metrics.named["recall@1"].value == 1.0
    page = write_ablation(ablation, tmp_path).read_text(encoding="utf-8")
    assert all(title in page for title in RETRIEVAL_FIGURES.values())


def test_command_prints_a_row_for_each_step_and_writes_the_report(
    small_library: Library,
    questions_file: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    command = ["eval", "ablate", "--retrieval", "--questions", str(questions_file)]
    command += ["--library", str(small_library.folder), "--model", QUICK.model]
    assert main([*command, "--out", str(tmp_path / "ablation")]) == 0
    printed = capsys.readouterr()
    assert "word_similarity" in printed.out
    assert "Calls to the model: 0." in printed.err
    assert (tmp_path / "ablation" / "ablation.md").exists()


def test_every_check_and_step_is_a_variant_with_valid_settings() -> None:
    changes = variants(["checks", "steps", "presets"])
    assert {*CHECKS, *STEPS} < changes.keys()
    for change in changes.values():
        assert Settings().updated(change) != Settings()


def test_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / CALLS_FILE).write_text('{"id": "m1"}\n', encoding="utf-8")
    with pytest.raises(InputError, match="not a file of model calls"):
        ModelCalls(tmp_path / CALLS_FILE, "a-model")


def test_calls_of_another_model_are_not_used(tmp_path: Path) -> None:
    one, other = (ModelCalls(tmp_path / CALLS_FILE, name) for name in ("one", "other"))
    assert one.key("start", "prompt") == one.key("start", "prompt")
    assert one.key("start", "prompt") != other.key("start", "prompt")
    assert one.key("start", "prompt") != one.key("score", "prompt")


SENTENCE = AnswerSentence("It bakes.", (), supported=True)


@pytest.mark.parametrize(
    ("events", "fired"),
    [
        ([], set()),
        ([TokenWritten("It"), SentenceWritten(SENTENCE, ())], set()),
        (
            [TokenWritten("It"), SentenceWritten(SENTENCE, (), ("numbers",))],
            {"numbers", "replacements", "ungrounded"},
        ),
        (
            [
                TokenWritten("It"),
                SentenceDropped(SENTENCE, ("names", "directions")),
                SentenceWritten(SENTENCE, ()),
            ],
            {"names", "directions"},
        ),
        (
            [TokenWritten("It"), SentenceWritten(SENTENCE, (), ("requested_numbers",))],
            {"requested_numbers", "ungrounded"},
        ),
    ],
)
def test_checks_that_fired_are_told_by_the_events(
    events: list[AnswerEvent], fired: set[str]
) -> None:
    assert fired_checks(events) == fired
