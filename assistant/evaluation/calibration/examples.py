"""Collect a model's probe inputs for questions labelled by whether the evidence answers them.

Each question is asked of the whole library. Every third answerable question is also asked of the
library without the papers that contain its answer: the same words, but no answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.answering import Assistant
from assistant.evaluation.calibration.store import append_examples, load_examples
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import UNANSWERABLE, Question
from assistant.library import EVERYTHING, Scope
from assistant.llm import KvVectors
from assistant.papers import paper_id
from assistant.settings import Settings

# Only every third question is also asked without its papers. That is slow, since all of the best
# papers are then checked.
_REMOVED_EVERY = 3
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class AnswerabilityExample:
    """A model's probe input at the end of a question, labelled by whether the evidence answers it.

    Attributes:
        question: text of the question.
        library: fingerprint of the library.
        paper: title of the paper asked about. Examples of one paper stay in one fold.
        papers_removed: whether the papers that contain the answer were left out.
        answered: the label: whether the evidence contains the answer.
        state: the probe input, one number per dimension.
    """

    question: str
    library: str
    paper: str
    papers_removed: bool
    answered: bool
    state: tuple[float, ...]

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "question": self.question,
            "library": self.library,
            "paper": self.paper,
            "beside": self.papers_removed,
            "answers": self.answered,
            "state": self.state,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "AnswerabilityExample":
        """Convert the JSON form.

        Raises:
            KeyError, TypeError: the record is of another kind.
        """
        return cls(
            question=record["question"],
            library=record["library"],
            paper=record["paper"],
            papers_removed=record["beside"],
            answered=record["answers"],
            state=tuple(record["state"]),
        )


def collect_examples(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    out: Path,
    on_progress: OnProgress | None = None,
) -> list[AnswerabilityExample]:
    """Collect examples for questions; return them together with those already in the file.

    Args:
        library: the library folder; None for the default one.
        questions: questions about its papers.
        settings: the assistant's settings.
        out: file that examples are appended to, one JSON object per line. A question that the file
            has for the same library is not asked again.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds examples of another model or other prompts, or something else, or
            cannot be written.
    """
    with Assistant.open(library, settings=settings) as assistant:
        manifest = manifest_of(assistant)
        made_by = f"{manifest.model} {manifest.prompts}"
        examples = load_examples(out, made_by, AnswerabilityExample)
        done = {(example.library, example.question) for example in examples}
        if len(questions) >= len(assistant.papers()):
            assistant.read()
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (manifest.library, _text(question)) in done:
                continue
            new = _examples(assistant, question, also_removed=number % _REMOVED_EVERY == 0)
            append_examples(out, made_by, new)
            examples += new
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return examples


def _examples(
    assistant: Assistant, question: Question, *, also_removed: bool
) -> list[AnswerabilityExample]:
    """Return the examples of a question: none, one or two.

    Args:
        assistant: the assistant to ask.
        question: the question.
        also_removed: whether to ask an answerable question of the remaining papers too.
    """
    relevant = {paper_id(title) for title in question.papers}
    others = tuple(p.id for p in assistant.papers() if paper_id(p.title) not in relevant)
    also_removed = also_removed and question.kind != UNANSWERABLE and bool(others)
    examples = []
    for scope in [EVERYTHING, Scope(papers=others)] if also_removed else [EVERYTHING]:
        decision = assistant.answerability_example(_text(question), scope=scope)
        if decision is None:
            break
        shown = {paper_id(paper.title) for paper in decision.papers}
        examples.append(
            AnswerabilityExample(
                question=_text(question),
                library=assistant.library.fingerprint(),
                paper=min(question.papers, default=_text(question)),
                papers_removed=bool(scope),
                answered=bool(relevant & shown) and question.kind != UNANSWERABLE,
                state=rounded_state(decision.state),
            )
        )
    return examples


def rounded_state(state: KvVectors) -> tuple[float, ...]:
    """Return a probe input with the precision that files have."""
    return tuple(round(float(value), _DIGITS) for value in state)


def _text(question: Question) -> str:
    return question.standalone or question.text
