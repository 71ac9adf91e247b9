"""What all strategies of answering share: the library, the model, the scope and the timer."""

import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.answering.model_client import ModelClient
from assistant.answering.model_handle import model_used
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.timer import Timer
from assistant.library import Library, Scope
from assistant.retrieval import Evidence, RankedPaper
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """The parts that answer one question.

    Attributes:
        library: with the papers.
        settings: of the assistant.
        model: calls the language model.
        scope: the papers that may answer.
        stop: set when the answer is no longer wanted.
        timer: of this question.
    """

    library: Library
    settings: Settings
    model: ModelClient
    scope: Scope
    stop: threading.Event
    timer: Timer

    def answer(
        self,
        plan: QuestionPlan,
        sentences: Sequence[AnswerSentence],
        citations: Sequence[Citation],
        *,
        papers: Sequence[RankedPaper],
        evidence: Iterable[Evidence] | None = None,
        abstained: bool = False,
        confidence: float | None = None,
        certainty: float | None = None,
    ) -> Answer:
        """Return the finished answer to a planned question.

        Args:
            plan: of the question.
            sentences: of the answer.
            citations: numbered from 1.
            papers: the ranked papers.
            evidence: the sentences that the model was shown; by default the cited ones.
            abstained: whether the answer is that the abstracts do not say.
            confidence: see `Answer`.
            certainty: see `Answer`.
        """
        return Answer(
            question=plan.question,
            standalone_question=plan.search_text,
            sentences=tuple(sentences),
            citations=tuple(citations),
            evidence=tuple([one.evidence for one in citations] if evidence is None else evidence),
            papers=tuple(papers),
            abstained=abstained,
            confidence=confidence,
            timings=self.timer.timings(),
            model=self._model_used(),
            library=self.library.fingerprint(),
            kind=plan.kind,
            certainty=certainty,
        )

    def _model_used(self) -> str:
        """Return the name of the model as far as it is known; this answer may not need it."""
        served = self.model.engine.served_model if self.settings.endpoints else ""
        return served or model_used(self.settings)
