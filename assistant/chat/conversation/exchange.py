"""One question's way through the page: what is known about its answer, moment by moment."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from assistant.answering import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    Assistant,
    Citation,
    EvidenceFound,
    PapersChecked,
    SentenceDropped,
    SentenceWritten,
    TokenWritten,
    Turn,
)
from assistant.chat.jobs.model_loading import ModelLoading
from assistant.chat.jobs.question_queue import QuestionQueue
from assistant.errors import AssistantError, Cancelled
from assistant.library import EVERYTHING, Feedback, Scope
from assistant.retrieval import Evidence

_log = logging.getLogger(__name__)

_STOP_CHECK_S = 0.2
_NOT_JUDGED = Feedback()

Stage: TypeAlias = Literal[
    "waiting",
    "loading",
    "searching",
    "reading",
    "checking",
    "writing",
    "answered",
    "stopped",
    "failed",
]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question of the conversation and what is known about its answer so far.

    Attributes:
        question: as asked.
        number: unique among all that are saved; 0 before it is.
        position: in the conversation, from 1.
        scope: the papers that may answer.
        limited_to: the scope in words; empty if all papers may answer.
        stage: how far it has come.
        ahead: how many other questions must be answered before it.
        evidence: the sentences that the model is shown.
        checked: how far a question about the collection has come; None for any other.
        sentences: finished and checked.
        unfinished: what the model has written since the last finished sentence; provisional.
        dropped: how many sentences were left out for a number or name that their sources lack.
        citations: of the finished sentences.
        answer: the final record, once there is one.
        problem: if it failed, a sentence that says what to do next.
        feedback: what was thought of the answer.
    """

    question: str
    number: int = 0
    position: int = 1
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
    feedback: Feedback = _NOT_JUDGED

    @property
    def pending(self) -> bool:
        """Whether more is to come."""
        return self.stage not in ("answered", "stopped", "failed")

    @property
    def step(self) -> tuple[Stage, int, int, int]:
        """How far it has come; the same while nothing but words are added."""
        return self.stage, self.ahead, len(self.sentences), self.dropped

    def ended(self) -> "Exchange":
        """Return the exchange as it is when nothing more is to come."""
        return replace(self, stage="stopped") if self.pending else self

    def after(self, event: AnswerEvent) -> "Exchange":
        """Return the exchange as it is after one more event."""
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
    """Return what a follow-up may refer to: the questions that were given an answer."""
    return [
        Turn(exchange.question, " ".join(sentence.text for sentence in exchange.sentences))
        for exchange in exchanges
        if exchange.sentences
    ]


def converse(
    who_answers: Callable[[], tuple[Assistant, ModelLoading]],
    line: QuestionQueue,
    exchange: Exchange,
    earlier: Sequence[Exchange],
    stop: threading.Event,
) -> Iterator[Exchange]:
    """Answer a question; yield the exchange each time that more is known.

    The last one yielded is no longer pending, whatever happens: what goes wrong is told in it.

    Args:
        who_answers: returns the assistant, and its model, which may still be loading. Called when
            the question's turn comes: another may have taken its place meanwhile.
        line: where the question waits for its turn.
        exchange: that begins, with its question.
        earlier: the exchanges before it.
        stop: set it from any thread to stop at once.
    """
    try:
        with line.place() as place:
            while ahead := line.ahead(place):
                yield replace(exchange, ahead=ahead)
                line.wait(_STOP_CHECK_S)
                if stop.is_set():
                    raise Cancelled("The question was stopped before its turn came.")
            assistant, loading = who_answers()
            events = assistant.stream(
                exchange.question, turns(earlier), scope=exchange.scope, stop=stop
            )
            if not loading.done:
                yield replace(exchange, stage="loading")
                loading.wait(stop)
            yield replace(exchange, stage="searching")
            for event in events:
                exchange = exchange.after(event)
                yield exchange
    except Cancelled:
        yield replace(exchange, stage="stopped")
    except AssistantError as error:
        yield replace(exchange, stage="failed", problem=str(error))
    except Exception:
        # A face is the last one that can tell the user; the details are for whoever runs it.
        _log.exception("A question could not be answered")
        problem = "Something went wrong; the terminal says what. Ask again, or restart the chat."
        yield replace(exchange, stage="failed", problem=problem)
