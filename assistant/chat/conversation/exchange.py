"""An exchange: one question with the state of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assistant.answering import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    Citation,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
    Turn,
)
from assistant.library import EVERYTHING, Feedback, Scope
from assistant.retrieval import Evidence

_NO_FEEDBACK = Feedback()

Stage: TypeAlias = Literal[
    "waiting",
    "loading",
    "searching",
    "reading",
    "checking",
    "writing",
    "answered",
    "stopped",
    "interrupted",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of a conversation and the state of its answer.

    Attributes:
        question: the question as asked.
        number: the unique number of a saved exchange; 0 before it is saved.
        versions: the numbers of all versions of its turn, the oldest first. The library keeps them.
        scope: the papers to answer from.
        limited_to: the scope in words; empty if the question is not limited.
        stage: how far the answer has progressed.
        ahead: how many other questions must finish before this one starts.
        evidence: the sentences that the model is shown.
        checked: the progress of a question about the collection; None for other questions.
        sentences: the finished and checked sentences.
        unfinished: the text since the last finished sentence; not checked yet.
        dropped: how many sentences were left out because a number or name was not in their sources.
        citations: the citations of the finished sentences.
        answer: the final answer, once there is one.
        problem: why it failed and what to do next, in a sentence.
        feedback: the visitor's feedback on the answer.
        saved: whether the visitor saved the answer.
    """

    question: str
    number: int = 0
    versions: tuple[int, ...] = ()
    scope: Scope = EVERYTHING
    limited_to: str = ""
    stage: Stage = "waiting"
    ahead: int = 0
    evidence: tuple[Evidence, ...] = ()
    checked: PapersChecked | None = None
    sentences: tuple[AnswerSentence, ...] = ()
    unfinished: str = ""
    dropped: int = 0
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    problem: str = ""
    feedback: Feedback = _NO_FEEDBACK
    saved: bool = False

    @property
    def pending(self) -> bool:
        """Whether the answer is still in progress."""
        return self.stage not in ("answered", "stopped", "interrupted", "failed")

    @property
    def step(self) -> tuple[Stage, int, int, int]:
        """A summary of the progress that does not change when only words are added."""
        return self.stage, self.ahead, len(self.sentences), self.dropped

    def with_event(self, event: AnswerEvent) -> "Exchange":
        """Return the exchange updated by one more event of its answer."""
        match event:
            case EvidenceFound():
                return replace(self, stage="reading", evidence=event.evidence)
            case PapersChecked():
                return replace(self, stage="checking", checked=event)
            case TokenWritten():
                return replace(self, stage="writing", unfinished=self.unfinished + event.text)
            case SentenceWritten():
                return replace(
                    self,
                    sentences=(*self.sentences, event.sentence),
                    citations=event.citations,
                    unfinished="",
                )
            case SentenceDropped():
                return replace(self, dropped=self.dropped + 1, unfinished="")
            case Answer():
                return replace(
                    self,
                    stage="answered",
                    evidence=event.evidence,
                    sentences=event.sentences,
                    citations=event.citations,
                    unfinished="",
                    answer=event,
                )


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """Return the answered exchanges as the history that a follow-up question may refer to."""
    return [
        Turn(exchange.question, " ".join(sentence.text for sentence in exchange.sentences))
        for exchange in exchanges
        if exchange.sentences
    ]
