"""Questions with known answers, and their kinds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from assistant.answering import Turn
from assistant.answering.question.verdict import TRUTH, YES_NO
from assistant.errors import InputError
from assistant.evaluation.broad import BROAD_KINDS, EXISTENCE, UNANSWERABLE_BROAD, BroadGold
from assistant.papers import Paper

# Kinds whose answer is one of some surface forms, and kinds whose answer is a list of facts.
FORM_KINDS = ("number", "name", "paraphrase")
FACT_KINDS = ("explain", "multi")
UNANSWERABLE = "unanswerable"
COLLECTION = "collection"
VERDICT = "verdict"
KINDS = (*FORM_KINDS, *FACT_KINDS, UNANSWERABLE, COLLECTION, VERDICT, *BROAD_KINDS)

# What a question about the collection may filter or compare papers by.
SUBJECTS = ("name", "topic", "number", "comparison")

VERDICT_SCALES = (YES_NO, TRUTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question and its known answer.

    Attributes:
        id: unique within the set.
        kind: one of `KINDS`.
        text: the question as it is asked.
        papers: titles of the papers that contain the answer. For an unanswerable question, of the
            paper it asks about; for a collection question, of all papers that belong in the list.
        answers: accepted surface forms of the answer (number, name, paraphrase), or the correct
            verdict.
        facts: the facts of a complete answer (explain, multi). Each is a tuple of substrings, one
            of which must occur.
        evidence: sentences of the abstracts that contain the answer.
        subject: one of `SUBJECTS` for a collection question, else empty.
        borderline: titles of papers that count as neither right nor wrong in a list.
        abstract: the paper that a verdict question includes; None if the library holds it.
        history: the turns before a follow-up question, oldest first.
        standalone: a follow-up question rewritten to be understood without its history; None for
            other questions.
        broad: the gold of a broad question; None for other kinds.
    """

    id: str
    kind: str
    text: str
    papers: tuple[str, ...]
    answers: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    evidence: tuple[str, ...] = ()
    subject: str = ""
    borderline: tuple[str, ...] = ()
    abstract: Paper | None = None
    history: tuple[Turn, ...] = ()
    standalone: str | None = None
    broad: BroadGold | None = None

    @property
    def answerable(self) -> bool:
        """Whether the papers contain the answer."""
        if self.kind == EXISTENCE:
            return bool(self.broad and self.broad.exists)
        return self.kind not in (UNANSWERABLE, UNANSWERABLE_BROAD)

    @property
    def verdicts(self) -> tuple[str, ...]:
        """The possible verdicts; empty for other kinds."""
        if self.kind != VERDICT:
            return ()
        return next(scale for scale in VERDICT_SCALES if self.answers[0] in scale)


def select(
    questions: Sequence[Question], *, kinds: Iterable[str] = (), limit: int | None = None
) -> list[Question]:
    """Return a deterministic subset of questions, in their order.

    Args:
        questions: the questions of one set.
        kinds: the kinds to include; all if empty.
        limit: maximum number of questions. They are taken from the kinds in turn, so that a short
            run has about as many questions of each kind.

    Raises:
        InputError: the set has no question of one of the kinds.
    """
    by_kind: dict[str, list[Question]] = {}
    for question in questions:
        by_kind.setdefault(question.kind, []).append(question)
    wanted = set(kinds) or set(by_kind)
    if absent := wanted - set(by_kind):
        raise InputError(
            f"The question set has no questions of kind {', '.join(sorted(absent))}. "
            f"Its kinds: {', '.join(by_kind)}."
        )
    turns = zip_longest(*(of for kind, of in by_kind.items() if kind in wanted))
    in_turn = [question for turn in turns for question in turn if question is not None]
    chosen = {question.id for question in in_turn[:limit]}
    return [question for question in questions if question.id in chosen]
