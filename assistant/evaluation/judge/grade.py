"""Grade answers with a judge model, by the rubric in `prompts/judge.jinja`.

`assistant.evaluation.judge.agreement` measures how far the grades can be trusted.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.judge.agreement import Agreement, agreement
from assistant.evaluation.judge.backends import Complete, open_judge
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.jsonl_store import JsonlStore
from assistant.llm import prompts_fingerprint, render_prompt

_GRADE = r"\b{}\W*([1-5])\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A judge's grades for one answer.

    Attributes:
        id: id of the question.
        answer: the judged answer.
        judge: the model and the fingerprint of the prompts.
        faithfulness: whether the answer follows from the papers, 0 to 1; None if the judge's reply
            has no such grade.
        completeness: whether the answer gives all that was asked for, 0 to 1; None likewise.
    """

    id: str
    answer: str
    judge: str
    faithfulness: float | None
    completeness: float | None


@dataclass(frozen=True, slots=True)
class JudgeResult:
    """A judge's grades for the answers of a run.

    Attributes:
        model: the judge model.
        judgements: the judgements by question id.
        agreement: the mean grades, and their agreement with the answer score.
    """

    model: str
    judgements: dict[str, Judgement]
    agreement: Agreement


def judge_run(
    run: Run, model: str, *, predictions: Path, on_progress: OnProgress | None = None
) -> JudgeResult:
    """Grade every answer to an answerable question, except abstentions.

    Args:
        run: the answers.
        model: the judge; see `open_judge`.
        predictions: the predictions file. Grades are stored next to it, as ``x.judge.jsonl``, and
            reused while the answer, the judge and the prompts stay the same.
        on_progress: called before the first answer and after each.

    Raises:
        ModelError: the judge is not on this machine or does not respond.
    """
    to_grade = [
        (question, prediction)
        for question, prediction in run.results
        if question.answerable and not prediction.abstained
    ]
    with open_judge(model) as complete:
        judge = f"{model} {prompts_fingerprint()}"
        store = JsonlStore(predictions.with_suffix(".judge.jsonl"))
        judgements = _grade_all(to_grade, complete, judge, store, on_progress)
    return JudgeResult(model, judgements, _agreement(judgements, run))


def parse_grades(reply: str) -> tuple[float | None, float | None]:
    """Return faithfulness and completeness from a judge's reply, scaled from 1-5 to 0-1."""
    matches = (
        re.search(_GRADE.format(name), reply, re.IGNORECASE)
        for name in ("faithfulness", "completeness")
    )
    faithfulness, completeness = ((int(match[1]) - 1) / 4 if match else None for match in matches)
    return faithfulness, completeness


def _grade_all(
    to_grade: Sequence[tuple[Question, Prediction]],
    complete: Complete,
    judge: str,
    store: JsonlStore,
    on_progress: OnProgress | None,
) -> dict[str, Judgement]:
    """Return the judgements by question id, and append new ones to the store."""
    store.prepare()
    previous = {(one.id, one.answer, one.judge): one for one in _load(store)}
    judgements: dict[str, Judgement] = {}
    for question, prediction in to_grade:
        if on_progress:
            on_progress(Progress(len(judgements), len(to_grade)))
        judgement = previous.get((question.id, prediction.text, judge))
        if judgement is None:
            judgement = _grade(question, prediction, complete, judge)
            store.append([asdict(judgement)])
        judgements[question.id] = judgement
    if on_progress:
        on_progress(Progress(len(to_grade), len(to_grade)))
    return judgements


def _grade(question: Question, prediction: Prediction, complete: Complete, judge: str) -> Judgement:
    abstract = [question.abstract.abstract] if question.abstract else []
    prompt = render_prompt(
        "judge",
        question=(question.standalone or question.text),
        reference=[*question.evidence, *abstract],
        expected=[fact[0] for fact in question.facts] or list(question.answers[:1]),
        answer=prediction.text,
    )
    faithfulness, completeness = parse_grades(complete(prompt))
    return Judgement(
        id=question.id,
        answer=prediction.text,
        judge=judge,
        faithfulness=faithfulness,
        completeness=completeness,
    )


def _load(store: JsonlStore) -> list[Judgement]:
    return [Judgement(**json.loads(line)) for line in store.lines()]


def _agreement(judgements: dict[str, Judgement], run: Run) -> Agreement:
    return agreement(
        [
            (one.faithfulness, one.completeness, answer_score(question, prediction))
            for question, prediction in run.results
            if (one := judgements.get(question.id))
        ]
    )
