"""Refines search results with the help of the model: reranks papers, shows whole abstracts."""

import sys

from assistant.answering.closed.rerank import rerank
from assistant.answering.context import AnswerContext
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.question.verdict import (
    TRUTH,
    VerdictScale,
    implied_scale,
    verdict_scale,
)
from assistant.retrieval import Retrieval, restrict_evidence
from assistant.text.instructions import spans_without_instructions


def refine_retrieval(
    context: AnswerContext, model: ModelClient, plan: QuestionPlan, found: Retrieval
) -> tuple[VerdictScale | None, Retrieval]:
    """Return the verdicts a question may have, if it asks for one, and the refined evidence.

    The papers are reranked if the ranking is ambiguous. The evidence for a verdict is the whole
    abstract of the best paper.
    """
    question, search_text = plan.question, plan.search_text
    retrieval = (
        rerank_papers(context, search_text, found) if found.ambiguity == "ambiguous" else found
    )
    steps = context.settings.enabled_steps
    if "verdicts" not in steps:
        return None, retrieval
    scale = verdict_scale(question)
    if retrieval.ambiguity == "two":
        # "Does either need more?" is answered by what each paper states.
        return (scale if scale == TRUTH else None), retrieval
    if not retrieval.evidence:
        return scale, retrieval
    if scale is None:
        scale = implied_scale(
            question,
            lambda words: model.first_word_probability(words, question, retrieval.evidence),
        )
    if scale:
        # The sentences nearest to a claim may omit what refutes it.
        best = next(
            one.paper for one in retrieval.papers if spans_without_instructions(one.paper.abstract)
        )
        retrieval = restrict_evidence(
            context.library, search_text, retrieval, [best], sys.maxsize, steps
        )
    return scale, retrieval


def rerank_papers(context: AnswerContext, search_text: str, found: Retrieval) -> Retrieval:
    """Return a retrieval with the best papers reranked by the model."""
    # The search text already contains the earlier questions. As chat turns they would dominate the
    # likelihood, so the prompts of this client have no history.
    model = context.model
    reranked = rerank(
        context.library,
        search_text,
        found,
        context.settings.papers_reranked,
        steps=context.settings.enabled_steps,
        is_cached=lambda shown: model.is_cached(model.prompt("answer", search_text, shown)),
        score_papers=lambda shown: model.score_papers(search_text, shown),
    )
    return reranked or found
