"""The report as one HTML page that needs nothing else: no network, no other file."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import jinja2
from markupsafe import Markup

from assistant.evaluation.judge.grade import Judged, Judgement
from assistant.evaluation.metrics.answer_score import answer_score
from assistant.evaluation.metrics.intervals import readable
from assistant.evaluation.metrics.measure import TITLES
from assistant.evaluation.predictions import Prediction
from assistant.evaluation.questions import Question
from assistant.evaluation.report import charts
from assistant.evaluation.run import Run
from assistant.papers import paper_id

_HERE = Path(__file__).resolve().parent
# The figures that stand at the top, beside the headline.
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
    """One question as the report shows it.

    Attributes:
        question: what was asked, and what is known about the answer.
        prediction: what was answered.
        score: the answer score.
        outcome: ``right``, ``partly``, ``wrong`` or ``abstained``.
        judgement: what the judge made of it, if there was one.
    """

    question: Question
    prediction: Prediction
    score: float
    outcome: str
    judgement: Judgement | None

    @property
    def wanted(self) -> frozenset[str]:
        """The ids of the papers that hold the answer."""
        return frozenset(paper_id(title) for title in self.question.papers)

    def holds(self, title: str) -> bool:
        """Tell whether a paper is one that holds the answer."""
        return paper_id(title) in self.wanted


OUTCOMES = ("right", "partly", "wrong", "abstained")


def entries(run: Run, judgements: Mapping[str, Judgement]) -> list[Entry]:
    """Return every question of a run as the report shows it."""
    shown = []
    for question, prediction in run.results:
        score = answer_score(question, prediction)
        outcome = _outcome(question, prediction, score)
        shown.append(Entry(question, prediction, score, outcome, judgements.get(question.id)))
    return shown


def page(run: Run, judged: Judged | None = None) -> str:
    """Return the report of a run as HTML."""
    metrics = run.metrics
    timings = [prediction.timings for _, prediction in run.results]
    first = [one["first_token_s"] for one in timings if "first_token_s" in one]
    total = [one["total_s"] for one in timings if "total_s" in one]
    drawings = {
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
            entries=entries(run, judged.judgements if judged else {}),
            kinds=list(metrics.by_kind),
            outcomes=OUTCOMES,
            judged=judged,
            charts={name: Markup(drawing) for name, drawing in drawings.items()},
        )
    )


def environment() -> jinja2.Environment:
    """Return the templates of the reports; all that is filled in is escaped."""
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
