"""A model's states at the end of questions, of which it is known whether the evidence answers.

Each question is put to the library, and one in three also to the library without the papers that
hold its answer, if it has one: the words are the same then, and there is no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answering import Assistant
from assistant.evaluation.calibration.store import keep_replies, kept_replies
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import UNANSWERABLE, Question
from assistant.library import EVERYTHING, Scope
from assistant.llm import Values
from assistant.papers import paper_id
from assistant.settings import Settings

# Each how many-th question is also asked without the papers that answer it: it takes longer, for
# all of the best papers are looked at.
_BESIDE = 3
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A model's state at the end of a question about some evidence.

    Attributes:
        question: its text.
        library: the fingerprint of the library.
        paper: the title of the paper asked about; states of one stay together in a fold.
        beside: whether the papers that answer it were left out.
        answers: whether the evidence holds the answer.
        state: the model's.
    """

    question: str
    library: str
    paper: str
    beside: bool
    answers: bool
    state: tuple[float, ...]


def gather(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> list[Example]:
    """Look at the model's states at the end of questions; return them, and all that were kept.

    Args:
        library: its folder; None for the default one.
        questions: about its papers.
        settings: of the assistant.
        out: where the states are kept, one JSON object a line. A question that is there, about the
            same papers, is not asked again.
        on_progress: told before the first question and after each.

    Raises:
        InputError: ``out`` holds those of another model or of other prompts, or something else,
            or cannot be written.
    """
    with Assistant.open(library, settings=settings) as assistant:
        manifest = manifest_of(assistant)
        made_by = f"{manifest.model} {manifest.prompts}"
        examples = kept_replies(out, made_by, Example)
        asked = {(one.library, one.question) for one in examples}
        if len(questions) >= len(assistant.papers()):
            assistant.read()
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (manifest.library, _text(question)) in asked:
                continue
            found = _examples(assistant, question, beside=number % _BESIDE == 0)
            keep_replies(out, made_by, found)
            examples += found
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return examples


def _examples(assistant: Assistant, question: Question, *, beside: bool) -> list[Example]:
    """Return what is seen of a question, at most two examples.

    Args:
        assistant: that is asked.
        question: to be looked at.
        beside: whether to ask it, if it has an answer, of the other papers as well.
    """
    wanted = {paper_id(title) for title in question.papers}
    rest = tuple(p.id for p in assistant.papers() if paper_id(p.title) not in wanted)
    beside = beside and question.kind != UNANSWERABLE and bool(rest)
    found = []
    for scope in [EVERYTHING, Scope(papers=rest)] if beside else [EVERYTHING]:
        decision = assistant.decision(_text(question), scope=scope)
        if decision is None:
            break
        shown = {paper_id(paper.title) for paper in decision.papers}
        found.append(
            Example(
                question=_text(question),
                library=assistant.library.fingerprint(),
                paper=min(question.papers, default=_text(question)),
                beside=bool(scope),
                answers=bool(wanted & shown) and question.kind != UNANSWERABLE,
                state=kept_state(decision.state),
            )
        )
    return found


def kept_state(state: Values) -> tuple[float, ...]:
    """Return a state as it is kept in a file."""
    return tuple(round(float(value), _DIGITS) for value in state)


def _text(question: Question) -> str:
    return question.standalone or question.text
