"""The optional judge: a model grades each answer by the rubric of `prompts/judge.jinja`.

A judge is no truth: `assistant.evaluation.judge.agreement` tells how far it agrees with the
deterministic score, so that one knows how much to make of it.
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
from assistant.evaluation.predictions import Prediction, drop_torn_line
from assistant.evaluation.questions import Question
from assistant.evaluation.run import Run
from assistant.llm import prompts_fingerprint, render_prompt

_GRADE = r"\b{}\W*([1-5])\b"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge made of one answer.

    Attributes:
        id: of the question.
        answer: what was judged.
        judge: the model, and the fingerprint of the prompts.
        faithfulness: does it follow from what the papers say; 0 to 1, None if the judge's reply
            did not say.
        completeness: does it give all that was asked for; likewise.
    """

    id: str
    answer: str
    judge: str
    faithfulness: float | None
    completeness: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A judge's work on a run.

    Attributes:
        model: the judge.
        judgements: by the question's id.
        agreement: its means, and how far they agree with the answer score.
    """

    model: str
    judgements: dict[str, Judgement]
    agreement: Agreement


def judge_run(
    run: Run, model: str, *, beside: Path, on_progress: OnProgress | None = None
) -> Judged:
    """Have every answer to an answerable question graded; abstentions are left out.

    Args:
        run: the answers.
        model: the judge; see `open_judge`.
        beside: the predictions; the judgements are kept in a file beside them, and those of
            answers that have not changed are not asked for again.
        on_progress: told before the first answer and after each.

    Raises:
        ModelError: the judge is not here or does not answer.
    """
    to_grade = [one for one in run.results if one[0].answerable and not one[1].abstained]
    with open_judge(model) as complete:
        name = f"{model} {prompts_fingerprint()}"
        path = beside.with_suffix(".judge.jsonl")
        judgements = _graded(to_grade, complete, name, path, on_progress)
    return Judged(model, judgements, _agreement(judgements, run))


def parse_grades(reply: str) -> tuple[float | None, float | None]:
    """Return faithfulness and completeness of a judge's reply, 1 to 5 as 0 to 1."""
    found = (
        re.search(_GRADE.format(name), reply, re.IGNORECASE)
        for name in ("faithfulness", "completeness")
    )
    faithfulness, completeness = ((int(match[1]) - 1) / 4 if match else None for match in found)
    return faithfulness, completeness


def _graded(
    to_grade: Sequence[tuple[Question, Prediction]],
    complete: Complete,
    judge: str,
    path: Path,
    on_progress: OnProgress | None,
) -> dict[str, Judgement]:
    drop_torn_line(path)
    earlier = {(one.id, one.answer, one.judge): one for one in _read(path)}
    judgements: dict[str, Judgement] = {}
    with path.open("a", encoding="utf-8") as file:
        for question, prediction in to_grade:
            if on_progress:
                on_progress(Progress(len(judgements), len(to_grade)))
            judgement = earlier.get((question.id, prediction.text, judge))
            if judgement is None:
                judgement = _grade(question, prediction, complete, judge)
                file.write(json.dumps(asdict(judgement), ensure_ascii=False) + "\n")
                file.flush()
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


def _read(path: Path) -> list[Judgement]:
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")[:-1]
    return [Judgement(**json.loads(line)) for line in lines]


def _agreement(judgements: dict[str, Judgement], run: Run) -> Agreement:
    return agreement(
        [
            (one.faithfulness, one.completeness, answer_score(question, prediction))
            for question, prediction in run.results
            if (one := judgements.get(question.id))
        ]
    )
