"""Answering a request for a summary: find the paper, and summarise its whole abstract.

Design notes: docs/design/broad-questions.md
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answering.answer import AnswerSentence
from assistant.answering.closed.generate import GenerationEvent, generate_answer
from assistant.answering.closed.refine import rerank_papers
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.summary.request import SummaryForm, summary_form
from assistant.papers import Paper
from assistant.retrieval import Evidence, Retrieval, select_evidence
from assistant.text.titles import short_title

# A scope of at most this many papers is summarised paper by paper.
_MAX_PAPERS = 5
_SUMMARY_TOKENS = 180


def answer_with_summary(
    context: AnswerContext, plan: QuestionPlan, found: Retrieval
) -> Iterator[AnswerEvent]:
    """Summarise the paper that the question is about; yield events, ending with the `Answer`.

    If the scope is limited to a few papers, each of them is summarised.
    """
    papers = _papers(context, plan, found)
    context.timer.mark_retrieved()
    evidence = [_whole_abstract(context, plan, paper) for paper in papers]
    evidence = [own for own in evidence if own]
    yield EvidenceFound(found.papers, tuple(one for own in evidence for one in own))
    form = summary_form(plan.question)
    grounder = Grounder(
        plan.question,
        (),
        context.library.embedder,
        search_text=plan.search_text,
        keep_echoes=True,
        checks=context.settings.enabled_checks,
    )
    sentences: list[AnswerSentence] = []
    for own in evidence:
        group = short_title(own[0].paper.title) if len(evidence) > 1 else ""
        for event in _summarise(context, plan, form, own, grounder):
            if isinstance(event, SentenceWritten):
                is_listed = form.is_list or event.sentence.listed
                sentence = replace(event.sentence, listed=is_listed, group=group)
                event = replace(event, sentence=sentence)
                sentences.append(sentence)
            yield event
    abstained = not sentences
    if abstained:
        sentences = [AnswerSentence("The library has no abstract of that paper.", (), True)]
    yield context.answer(
        plan,
        sentences,
        grounder.citations,
        papers=found.papers,
        evidence=[one for own in evidence for one in own],
        abstained=abstained,
    )


def _papers(context: AnswerContext, plan: QuestionPlan, found: Retrieval) -> list[Paper]:
    """Return the papers of a small scope, or else the one or two that the question is about."""
    if context.scope:
        scoped = context.library.catalogue.papers_in(context.scope)
        if len(scoped) <= _MAX_PAPERS:
            return scoped
    if found.ambiguity == "ambiguous":
        found = rerank_papers(context, plan.search_text, found)
    if found.ambiguity == "two":
        return list(dict.fromkeys(one.paper for one in found.evidence))
    return [ranked.paper for ranked in found.papers[:1]]


def _whole_abstract(
    context: AnswerContext, plan: QuestionPlan, paper: Paper
) -> tuple[Evidence, ...]:
    vector = context.library.embedder.embed_question(plan.search_text)
    return select_evidence(context.library, plan.search_text, vector, [(paper, 0.0)], sys.maxsize)


def _summarise(
    context: AnswerContext,
    plan: QuestionPlan,
    form: SummaryForm,
    evidence: Sequence[Evidence],
    grounder: Grounder,
) -> Iterator[GenerationEvent]:
    """Yield the summary of one paper, cut to the requested number of sentences."""
    model = context.model
    prompt = model.prompt("summary", plan.question, evidence, points=form.sentences)
    own_grounder = grounder.for_part(plan.question, evidence)
    written = 0
    completion = model.start(prompt, _SUMMARY_TOKENS)
    for event in generate_answer(model, completion, own_grounder, max_tokens=_SUMMARY_TOKENS):
        yield event
        written += isinstance(event, SentenceWritten)
        if form.sentences and written == form.sentences:
            model.drop(completion)
            return
    if not written:
        yield own_grounder.quote_best()
