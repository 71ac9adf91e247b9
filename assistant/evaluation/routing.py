"""How often the plan gives a question the right kind, measured without answering it.

The plan is the one that an answer begins with: classifier, form of the question, and retrieval. The
language model is loaded only to translate a question that is in another language.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answering import Assistant
from assistant.answering.language import in_english
from assistant.answering.planning import plan_answer, remembered_search
from assistant.answering.question.kind import QuestionKind
from assistant.answering.question.validate import validated
from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.metrics.intervals import Estimate, mean
from assistant.evaluation.question_kinds.templates import is_training_question
from assistant.evaluation.questions import (
    COLLECTION,
    FACT_KINDS,
    FORM_KINDS,
    KINDS,
    UNANSWERABLE,
    VERDICT,
    Question,
)
from assistant.library import EVERYTHING

_CLOSED: tuple[QuestionKind, ...] = ("fact",)
# Lists and keywords have the same strategy.
_LISTS: tuple[QuestionKind, ...] = ("list", "keyword")

# The kinds of question sets that say how a question is to be planned. For the other kinds, such as
# "foreign" and "unanswerable-broad", any plan may be right.
_EXPECTED: Mapping[str, tuple[QuestionKind, ...]] = {
    **dict.fromkeys((*FORM_KINDS, *FACT_KINDS, UNANSWERABLE, VERDICT), _CLOSED),
    COLLECTION: _LISTS,
    "synthesis": ("synthesis",),
    "cross-verdict": ("synthesis",),
    "overview": ("overview",),
    "summary": ("summary",),
    "superlative": ("superlative",),
    "metadata": ("metadata",),
    "keyword": ("keyword", "list"),
    "list": _LISTS,
    "existence": _LISTS,
    "smalltalk": ("smalltalk",),
    "multi-turn": ("fact", "revision"),  # about the papers before, or another form of the answer
}


@dataclass(frozen=True, slots=True)
class RoutedQuestion:
    """A question and the kind that it was planned as.

    Attributes:
        question: the question.
        expected: the kinds that are right, the usual one first.
        planned: the kind of its plan.
    """

    question: Question
    expected: tuple[QuestionKind, ...]
    planned: QuestionKind

    @property
    def is_right(self) -> bool:
        """Whether the question was planned as one of the right kinds."""
        return self.planned in self.expected


@dataclass(frozen=True, slots=True)
class Routing:
    """The planned kinds of a question set.

    Attributes:
        name: of the set.
        routed: the questions in their order, without those that may have any kind.
        left_out: the number of questions that may have any kind.
    """

    name: str
    routed: tuple[RoutedQuestion, ...]
    left_out: int

    @property
    def right(self) -> Estimate:
        """The share of the questions that were planned as the right kind."""
        return _share_right(self.routed)

    @property
    def by_kind(self) -> dict[str, Estimate]:
        """The same for each kind of the set."""
        found = {one.question.kind for one in self.routed}
        return {
            kind: _share_right([one for one in self.routed if one.question.kind == kind])
            for kind in KINDS
            if kind in found
        }

    @property
    def confusions(self) -> Counter[tuple[str, QuestionKind]]:
        """The number of wrong plans by the expected and the planned kind, most frequent first."""
        wrong = Counter((one.expected[0], one.planned) for one in self.routed if not one.is_right)
        return Counter(dict(wrong.most_common()))

    def to_dict(self) -> dict[str, Any]:
        """Return all figures and the kinds of each question, for JSON."""
        return {
            "set": self.name,
            "n": len(self.routed),
            "left_out": self.left_out,
            "right": asdict(self.right),
            "by_kind": {kind: asdict(share) for kind, share in self.by_kind.items()},
            "confusions": [
                {"expected": expected, "planned": planned, "n": n}
                for (expected, planned), n in self.confusions.items()
            ],
            "questions": [
                {
                    "id": one.question.id,
                    "kind": one.question.kind,
                    "expected": list(one.expected),
                    "planned": one.planned,
                }
                for one in self.routed
            ],
        }


def select_questions(
    questions: Sequence[Question], name: str, *, split: str = "", held_out: bool = False
) -> list[Question]:
    """Return the questions of a set to plan.

    Args:
        questions: the questions of the set.
        name: the name of the set, such as "sample"; for a path, of its file without the extension.
        split: "dev" or "test", for one half of a set that has them.
        held_out: leave out the questions that the classifier of kinds is fitted on.

    Raises:
        InputError: the set has no such half, or the kinds of its questions do not say how any has
            to be planned.
    """
    if split:
        questions = [one for one in questions if one.broad and one.broad.split == split]
        if not questions:
            raise InputError(f"The question set {name} has no {split} half: leave out --split.")
    if held_out:
        questions = [
            one for one in questions if not is_training_question(name, one.id, one.subject)
        ]
    if not any(map(expected_kinds, questions)):
        raise InputError(
            f"The question set {name} has no questions whose kind says how to plan them. "
            f"Such kinds: {', '.join(_EXPECTED)}."
        )
    return list(questions)


def expected_kinds(question: Question) -> tuple[QuestionKind, ...]:
    """Return the kinds that are right for a question, the usual one first.

    Empty if its kind in the question set says nothing about them: a question in another language or
    one that no paper answers may be of any kind.
    """
    if question.subject == "comparison":
        return _CLOSED  # answered from the two papers or groups that it compares
    return _EXPECTED.get(question.kind, ())


def planned_kind(assistant: Assistant, question: Question) -> QuestionKind:
    """Return the kind of the plan that the assistant makes for a question with its history.

    Raises:
        InputError: the question is empty, or the library has no papers.
        ModelError: the question has to be translated, and the model is not on this machine.
    """
    library, settings = assistant.library, assistant.settings
    text = validated(question.text, library, EVERYTHING)
    english, _ = in_english(text, lambda: assistant.context().model)
    search = remembered_search(library, settings, EVERYTHING)
    return plan_answer(library, settings, search, english, question.history).kind


def measure_routing(
    assistant: Assistant,
    questions: Sequence[Question],
    name: str,
    on_progress: OnProgress | None = None,
) -> Routing:
    """Plan the answer to each question, and compare its kind with the right ones.

    Args:
        assistant: its library holds the papers that the questions are about.
        questions: questions of one set. Those that may have any kind are left out.
        name: of the set.
        on_progress: called before the first question and after each.

    Raises:
        InputError: the library has no papers.
        ModelError: a question has to be translated, and the model is not on this machine.
    """
    to_plan = [(one, expected) for one in questions if (expected := expected_kinds(one))]
    routed: list[RoutedQuestion] = []
    for question, expected in to_plan:
        if on_progress:
            on_progress(Progress(len(routed), len(to_plan)))
        routed.append(RoutedQuestion(question, expected, planned_kind(assistant, question)))
    if on_progress:
        on_progress(Progress(len(routed), len(to_plan)))
    return Routing(name, tuple(routed), len(questions) - len(to_plan))


def _share_right(routed: Sequence[RoutedQuestion]) -> Estimate:
    return mean([float(one.is_right) for one in routed])
