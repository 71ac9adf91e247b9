"""Answering a closed question: rerank, score answerability, generate, check, or abstain.

Design notes: docs/design/answerability.md
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.answer import Answer
from assistant.answering.answerability import answer_probability
from assistant.answering.closed.abstention import abstention_sentences
from assistant.answering.closed.generate import (
    GenerationEvent,
    Part,
    generate_answer,
    generate_parts,
    generate_verdict,
    parts_of,
)
from assistant.answering.closed.named_papers import named_papers
from assistant.answering.closed.refine import refine_retrieval
from assistant.answering.collection.comparison import retrieve_compared
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.grounding.reported import REPORTED
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.question.verdict import VerdictScale, VerdictScores
from assistant.llm import Completion
from assistant.retrieval import Evidence, Retrieval

# Abstracts relevant to a claim seldom state the verdict, and neither of two papers states the whole
# answer. Such questions are answered if the uncalibrated P(yes) for "the evidence states the
# answer" reaches this fraction of the abstention threshold.
_LENIENT_SHARE = 0.23


def answer_closed_question(
    context: AnswerContext, plan: QuestionPlan, found: Retrieval
) -> Iterator[AnswerEvent]:
    """Answer a closed question from search results; yield events, ending with the `Answer`."""
    model = context.model.with_history(plan.history)
    if plan.collection is not None:
        found = retrieve_compared(
            context.library,
            plan.search_text,
            plan.collection.sides,
            found,
            context.settings.evidence_sentences,
            context.scope,
        )
    context.timer.mark_retrieved()
    yield EvidenceFound(found.papers, found.evidence)
    scale, retrieval = refine_retrieval(context, model, plan, found)
    if retrieval is not found:
        yield EvidenceFound(retrieval.papers, retrieval.evidence)
    decision = _decide(model, plan.question, scale, retrieval)
    attempt = _Attempt(context, model, plan, retrieval, decision)
    yield from attempt.generate()
    _cache_papers(context, retrieval)
    yield attempt.answer()


@dataclass(frozen=True, slots=True)
class _Decision:
    """How answerable a question is, and the answer started along with that estimate.

    Attributes:
        answerability: the model's uncalibrated score, 0 to 1, that the evidence answers.
        completion: the answer, if it was started together with the scoring. None for a verdict: the
            verdict has to be chosen first.
        verdicts: the scores from which to choose the verdict, if the question asks for one.
        parts: the parts of a question about two papers; the completion answers the first.
    """

    answerability: float
    completion: Completion | None = None
    verdicts: VerdictScores | None = None
    parts: Sequence[Part] = ()

    @property
    def is_lenient(self) -> bool:
        """Whether the lower threshold for verdicts and questions about two papers applies."""
        return self.verdicts is not None or bool(self.parts)


def _decide(
    model: ModelClient, question: str, scale: VerdictScale | None, retrieval: Retrieval
) -> _Decision:
    evidence = retrieval.evidence
    if not evidence:
        return _Decision(0.0)
    if scale:
        yes, verdicts = model.score_verdicts(question, evidence, scale)
        return _Decision(yes, verdicts=verdicts)
    if retrieval.ambiguity == "two":
        parts = parts_of(model, question, evidence, retrieval.sub_questions)
        states_answer = model.prompt("look", question, evidence)
        return _Decision(*model.score_and_start(states_answer, parts[0].prompt), parts=parts)
    return _Decision(*model.score_and_start_answer(question, evidence))


class _Attempt:
    """Generates an answer if the question seems answerable; abstains otherwise."""

    def __init__(
        self,
        context: AnswerContext,
        model: ModelClient,
        plan: QuestionPlan,
        retrieval: Retrieval,
        decision: _Decision,
    ) -> None:
        self._context = context
        self._model = model
        self._plan = plan
        self._retrieval = retrieval
        self._decision = decision
        self._sentences: list[SentenceWritten] = []
        self._named = (
            named_papers(context.library, plan.search_text, retrieval, context.settings)
            if REPORTED in context.settings.enabled_steps
            else []
        )
        self._grounder = self._new_grounder()
        self._probability = self._answer_probability(ungrounded=False)
        self._threshold = context.settings.abstention_threshold
        if decision.is_lenient:
            self._threshold *= _LENIENT_SHARE

    def generate(self) -> Iterator[GenerationEvent]:
        """Generate, check and yield the sentences of the answer; nothing if abstaining."""
        decision, grounder = self._decision, self._grounder
        if not self._retrieval.evidence or self._probability < self._threshold:
            if decision.completion:
                self._model.drop(decision.completion)
            return
        for event in self._events():
            if isinstance(event, SentenceWritten):
                self._sentences.append(event)
            yield event
        checks = self._context.settings.enabled_checks
        if decision.is_lenient or grounder.has_grounded_sentence or "ungrounded" not in checks:
            return
        # If no sentence passed its checks, the question is less likely to be answerable.
        self._probability = self._answer_probability(ungrounded=True)
        if self._probability >= self._threshold and not grounder.has_quoted:
            fallback = replace(grounder.quote_fallback(), failed=("ungrounded",))
            self._sentences.append(fallback)
            yield fallback

    def answer(self) -> Answer:
        """Return the generated answer, or an abstention."""
        sentences = [event.sentence for event in self._sentences]
        grounder = self._grounder
        abstained = self._probability < self._threshold or not sentences
        if abstained:
            grounder = self._new_grounder()
            sentences = abstention_sentences(self._retrieval.evidence, grounder)
        is_lenient = self._decision.is_lenient
        return self._context.answer(
            self._plan,
            sentences,
            grounder.citations,
            papers=self._retrieval.papers,
            evidence=dict.fromkeys(
                (*self._retrieval.evidence, *(one.evidence for one in grounder.citations))
            ),
            abstained=abstained,
            confidence=None if is_lenient else self._probability,
            certainty=self._probability if is_lenient else None,
        )

    def _events(self) -> Iterator[GenerationEvent]:
        decision = self._decision
        if decision.verdicts:
            question, evidence = self._plan.question, self._retrieval.evidence
            return generate_verdict(
                self._model, question, evidence, decision.verdicts, self._grounder
            )
        if decision.parts:
            return generate_parts(self._model, decision.parts, decision.completion, self._grounder)
        assert decision.completion is not None  # it was started with the score
        return generate_answer(self._model, decision.completion, self._grounder)

    def _answer_probability(self, *, ungrounded: bool) -> float:
        if self._decision.is_lenient:
            return self._decision.answerability
        return answer_probability(
            self._decision.answerability, self._model.calibration, ungrounded=ungrounded
        )

    def _new_grounder(self) -> Grounder:
        return Grounder(
            self._plan.question,
            self._retrieval.evidence,
            self._context.library.embedder,
            search_text=self._plan.search_text,
            # After a verdict, a sentence that only restates the question can still be its reason.
            keep_echoes=self._decision.verdicts is not None,
            checks=self._context.settings.enabled_checks,
            named=self._named,
        )


def _cache_papers(context: AnswerContext, retrieval: Retrieval) -> None:
    """Prefill the papers that a similar question is likely to need."""
    evidence: Sequence[Evidence] = retrieval.evidence
    papers = [one.paper for one in evidence]
    if papers and retrieval.ambiguity == "ambiguous":
        best = retrieval.papers[: context.settings.papers_reranked]
        papers += [ranked.paper for ranked in best]
    context.model.cache_papers(list(dict.fromkeys(papers)))
