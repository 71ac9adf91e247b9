"""The context shared by all answering strategies: library, model, scope and timer."""

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
    """Everything needed to answer one question.

    Attributes:
        library: the library that holds the papers.
        settings: the settings of the assistant.
        model: the client for the language model.
        scope: the papers to answer from.
        stop: set when the answer is no longer needed.
        timer: the timer of this question.
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
            plan: the plan for the question.
            sentences: the sentences of the answer.
            citations: numbered from 1.
            papers: the ranked papers.
            evidence: the sentences that the model was shown; by default the cited ones.
            abstained: whether the answer is that the abstracts do not answer the question.
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
        """Return the name of the model, without contacting an endpoint to find it out."""
        served = self.model.engine.served_model if self.settings.endpoints else ""
        return served or model_used(self.settings)
