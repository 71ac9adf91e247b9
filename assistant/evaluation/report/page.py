"""The report of a run as a self-contained HTML page."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from assistant.evaluation.judge.grade import Judgement, JudgeResult
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.metrics.measure import TITLES
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.evaluation.report import charts
from assistant.evaluation.run import Run
from assistant.papers import paper_id

_HERE = Path(__file__).resolve().parent
# The metrics shown at the top, next to the headline.
_CARDS = (
    "abstained_on_answerable",
    "abstention_recall",
    "citation_precision",
    "groundedness",
    "recall@5",
    "first_token_s_p50",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One question in the report.

    Attributes:
        question: the question and its known answer.
        prediction: the answer.
        score: the answer score.
        outcome: one of `OUTCOMES`.
        judgement: the judge's grades, if there was a judge.
    """

    question: Question
    prediction: Prediction
    score: float
    outcome: str
    judgement: Judgement | None

    @property
    def expected(self) -> frozenset[str]:
        """The ids of the papers that contain the answer."""
        return frozenset(paper_id(title) for title in self.question.papers)

    def is_expected(self, title: str) -> bool:
        """Return whether a paper is one that contains the answer."""
        return paper_id(title) in self.expected


OUTCOMES = ("right", "partly", "wrong", "abstained")


def entries(run: Run, judgements: Mapping[str, Judgement]) -> list[Entry]:
    """Return the entries of a run, in the order of its questions."""
    result = []
    for question, prediction in run.results:
        score = answer_score(question, prediction)
        outcome = _outcome(question, prediction, score)
        result.append(Entry(question, prediction, score, outcome, judgements.get(question.id)))
    return result


def page(run: Run, judge_result: JudgeResult | None = None) -> str:
    """Return the report of a run as HTML."""
    metrics = run.metrics
    timings = [prediction.timings for _, prediction in run.results]
    first = [one["first_token_s"] for one in timings if "first_token_s" in one]
    total = [one["total_s"] for one in timings if "total_s" in one]
    drawings = {  # by the name that the template uses
        "score": charts.bars(list(metrics.by_kind.items()), "Answer score by kind"),
        "abstained": charts.bars(list(metrics.abstained_by_kind.items()), "Abstained by kind"),
        "risk": charts.risk_coverage_chart(metrics.risk_coverage),
        "reliability": charts.reliability_chart(metrics.reliability),
        "first": charts.histogram(first, "first token, s"),
        "total": charts.histogram(total, "whole answer, s"),
    }
    return (
        environment()
        .get_template("report.html.jinja")
        .render(
            run=run,
            metrics=metrics,
            cards=_CARDS,
            titles=TITLES,
            entries=entries(run, judge_result.judgements if judge_result else {}),
            kinds=list(metrics.by_kind),
            outcomes=OUTCOMES,
            judge_result=judge_result,
            charts={name: Markup(drawing) for name, drawing in drawings.items()},
        )
    )


def environment() -> jinja2.Environment:
    """Return the Jinja environment of the reports, with autoescaping."""
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["readable"] = readable
    templates.globals["style"] = Markup((_HERE / "style.css").read_text(encoding="utf-8"))
    templates.globals["script"] = Markup((_HERE / "filter.js").read_text(encoding="utf-8"))
    return templates


def _outcome(question: Question, prediction: Prediction, score: float) -> str:
    if score == 1:
        return "right"
    if question.answerable and prediction.abstained:
        return "abstained"
    return "partly" if score > 0 else "wrong"
