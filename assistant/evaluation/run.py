"""A run: a question set, the answers to it, and the figures that follow from the two."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.manifest import Manifest, manifest_path
from assistant.evaluation.metrics.measure import Metrics, measure
from assistant.evaluation.predictions import Prediction, read_predictions
from assistant.evaluation.questions import Question, load_questions

Results = list[tuple[Question, Prediction]]


@dataclass(frozen=True)
class Run:
    """The answers to a question set.

    Attributes:
        results: each question with its answer, in the order of the set.
        manifest: what the answers depend on.
    """

    results: tuple[tuple[Question, Prediction], ...]
    manifest: Manifest

    @cached_property
    def metrics(self) -> Metrics:
        """All figures, with intervals; computed at the first use."""
        return measure(self.results)

    def __str__(self) -> str:
        return str(self.metrics)

    @classmethod
    def load(cls, predictions: Path, questions: str | Path | None = None) -> "Run":
        """Read a run from its files.

        Args:
            predictions: the file; its manifest lies beside it.
            questions: the question set; the one that the manifest names if None.

        Raises:
            InputError: a file is missing or malformed, or the two do not belong together.
        """
        manifest = Manifest.load(manifest_path(predictions))
        asked = load_questions(questions or manifest.questions)
        return cls(tuple(matched(asked, read_predictions(predictions), predictions)), manifest)


def matched(
    questions: Sequence[Question], predictions: Sequence[Prediction], source: Path
) -> Results:
    """Return the questions that were answered, each with its answer.

    Raises:
        InputError: an answer is to a question that the set does not have, or asks otherwise.
    """
    by_id = {question.id: question for question in questions}
    for prediction in predictions:
        question = by_id.get(prediction.id)
        # A follow-up may have been asked in its standalone form.
        if question is None or prediction.question not in (question.text, question.standalone):
            raise InputError(
                f"{source} answers a question {prediction.id!r} that the question set does not "
                "have in these words. Give the question set it was made with (--questions)."
            )
    answered = {prediction.id: prediction for prediction in predictions}
    return [(question, answered[id_]) for id_, question in by_id.items() if id_ in answered]
