"""A run: the questions of a set, their answers, and the metrics over both."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.manifest import Manifest, manifest_path
from assistant.evaluation.metrics.measure import Metrics, measure
from assistant.evaluation.predictions import Prediction, read_predictions
from assistant.evaluation.question_sets import load_questions
from assistant.evaluation.questions import Question

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
        """All metrics with their intervals, computed on first use."""
        return measure(self.results)

    def __str__(self) -> str:
        return str(self.metrics)

    @classmethod
    def load(cls, predictions: Path, questions: str | Path | None = None) -> "Run":
        """Read a run from its files.

        Args:
            predictions: the predictions file. Its manifest is in the same folder.
            questions: name or path of the question set; by default the one that the manifest names.

        Raises:
            InputError: a file is missing or malformed, or the two do not belong together.
        """
        manifest = Manifest.load(manifest_path(predictions))
        known = load_questions(questions or manifest.questions)
        results = match_predictions(known, read_predictions(predictions), predictions)
        return cls(tuple(results), manifest)


def match_predictions(
    questions: Sequence[Question], predictions: Sequence[Prediction], source: Path
) -> Results:
    """Pair each answered question with its answer, in the order of the questions.

    Args:
        questions: the questions of the set.
        predictions: the answers.
        source: file that the predictions come from, for the error message.

    Raises:
        InputError: a prediction is for a question that is not in the set, or is worded differently.
    """
    by_id = {question.id: question for question in questions}
    for prediction in predictions:
        question = by_id.get(prediction.id)
        # A follow-up may have been asked in its standalone form.
        if question is None or prediction.question not in (question.text, question.standalone):
            raise InputError(
                f"{source} answers a question {prediction.id!r} that the question set does not "
                "have in these words. Name the question set it was made with (--questions)."
            )
    answered = {prediction.id: prediction for prediction in predictions}
    return [(question, answered[id_]) for id_, question in by_id.items() if id_ in answered]
