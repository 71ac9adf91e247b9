"""Collect a model's replies and probe inputs for verdict questions with known verdicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.answering import Assistant
from assistant.answering.log_odds import log_odds
from assistant.evaluation.calibration.examples import rounded_state
from assistant.evaluation.calibration.store import append_examples, load_examples
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.manifest import manifest_of
from assistant.evaluation.questions import Question
from assistant.evaluation.verdict_runs import replace_library_by_abstract
from assistant.papers import paper_id
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class VerdictExample:
    """A model's reply to a verdict question, with evidence from the right paper, and its label.

    Attributes:
        question_set: name of the question set.
        id: id of the question in the set.
        library: fingerprint of the library; empty if the question includes its abstract.
        question: text of the question.
        label: the correct verdict.
        paper: title of the paper of the evidence. Examples of one paper stay in one fold.
        scale: the possible verdicts; the first one affirms, the second one denies.
        probabilities: the probability of each verdict as the first token of the reply.
        state: the probe input before the reply; empty if the model cannot provide it.
    """

    question_set: str
    id: str
    library: str
    question: str
    label: str
    paper: str
    scale: tuple[str, ...]
    probabilities: tuple[float, ...]
    state: tuple[float, ...]

    @property
    def reply_log_odds(self) -> float:
        """The log-odds of yes against no, or of true against false, in the reply."""
        return log_odds(self.probabilities[0] / (self.probabilities[0] + self.probabilities[1]))

    @property
    def is_affirmative(self) -> bool:
        """Whether the correct verdict is yes or true."""
        return self.label == self.scale[0]

    def to_record(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {
            "asked_of": self.question_set,
            "id": self.id,
            "library": self.library,
            "question": self.question,
            "right": self.label,
            "paper": self.paper,
            "scale": self.scale,
            "shares": self.probabilities,
            "state": self.state,
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "VerdictExample":
        """Convert the JSON form.

        Raises:
            KeyError, TypeError: the record is of another kind.
        """
        return cls(
            question_set=record["asked_of"],
            id=record["id"],
            library=record["library"],
            question=record["question"],
            label=record["right"],
            paper=record["paper"],
            scale=tuple(record["scale"]),
            probabilities=tuple(record["shares"]),
            state=tuple(record["state"]),
        )


def collect_verdict_examples(
    library: Path | None,
    questions: Sequence[Question],
    settings: Settings,
    *,
    name: str,
    out: Path,
    on_progress: OnProgress | None = None,
) -> list[VerdictExample]:
    """Collect examples for verdict questions; return them together with those in the file.

    Args:
        library: the library folder; None for the default one. Questions that include their
            abstracts are asked of a temporary library with just that abstract.
        questions: verdict questions.
        settings: the assistant's settings.
        name: name of the question set.
        out: file that examples are appended to, one JSON object per line. A question that the file
            has for the same set and library is not asked again.
        on_progress: called before the first question and after each.

    Raises:
        InputError: ``out`` holds examples of another model or other prompts, or cannot be written.
    """
    has_abstracts = any(question.abstract for question in questions)
    with (
        TemporaryDirectory() as folder,
        Assistant.open(
            folder if has_abstracts else library, settings=settings, samples=not has_abstracts
        ) as assistant,
    ):
        manifest = manifest_of(assistant)
        made_by = f"{manifest.model} {manifest.prompts} verdicts"
        examples = load_examples(out, made_by, VerdictExample)
        done = {(example.question_set, example.id, example.library) for example in examples}
        fingerprint = "" if has_abstracts else manifest.library
        if not has_abstracts and len(questions) >= len(assistant.papers()):
            assistant.read()
        for number, question in enumerate(questions):
            if on_progress:
                on_progress(Progress(number, len(questions)))
            if (name, question.id, fingerprint) in done:
                continue
            if has_abstracts:
                replace_library_by_abstract(assistant, question)
            example = _example(assistant, question, name, fingerprint)
            if example is not None:
                append_examples(out, made_by, [example])
                examples.append(example)
    if on_progress:
        on_progress(Progress(len(questions), len(questions)))
    return examples


def _example(
    assistant: Assistant, question: Question, name: str, library: str
) -> VerdictExample | None:
    """Return the example; None if retrieval found another paper or the text asks for no verdict."""
    found = assistant.verdict_example(question.text)
    if found is None:
        return None
    paper, scores = found
    if paper_id(paper.title) not in map(paper_id, question.papers):
        return None
    return VerdictExample(
        question_set=name,
        id=question.id,
        library=library,
        question=question.text,
        label=question.answers[0],
        paper=paper.title,
        scale=scores.scale,
        probabilities=scores.probabilities,
        state=() if scores.state is None else rounded_state(scores.state),
    )
