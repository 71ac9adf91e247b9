"""Answering questions about the records of papers, from the catalogue alone.

The language model is not used.

1. Find the authors, venues, years, types and titles that the question names (`entities/`).
2. Recognise the request by its nearest example phrasing (`requests.py`).
3. Select the papers that meet the conditions, and state the fact with a list of them.

A question about the content of such papers is answered by another strategy, from these papers only.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answering.answer import Answer, AnswerSentence
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound
from assistant.answering.metadata.content import ContentQuestion
from assistant.answering.metadata.entities.find import find_entities
from assistant.answering.metadata.lookup import look_up
from assistant.answering.metadata.replies.reply import Reply
from assistant.answering.metadata.requests import recognise_request
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import CitationList
from assistant.library import Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.instructions import spans_without_instructions

AnswerContent = Callable[[QuestionPlan, Scope], Iterator[AnswerEvent]]
"""Answers a plan of the kind "fact" or "summary" from the papers of a scope."""

# Further entries are folded, and shown only on demand.
_MAX_ENTRIES = 12


def answer_with_metadata(
    context: AnswerContext, plan: QuestionPlan, answer_content: AnswerContent
) -> Iterator[AnswerEvent]:
    """Answer a question about records; yield its events, the `Answer` last.

    Args:
        context: the context of the question.
        plan: the plan of the question.
        answer_content: answers a question about what the abstracts say.
    """
    entities = find_entities(context.library, plan.search_text)
    request = recognise_request(context.library, entities)
    found = look_up(context, entities, request)
    if isinstance(found, Reply):
        yield from _written(context, plan, found)
    else:
        yield from _content(plan, found, answer_content)


def _content(
    plan: QuestionPlan, found: ContentQuestion, answer_content: AnswerContent
) -> Iterator[AnswerEvent]:
    """Answer what the abstracts of papers say; label the answer with the original question."""
    inner = replace(plan, kind=found.kind, question=found.question, search_text=found.question)
    for event in answer_content(inner, found.scope):
        if isinstance(event, Answer):
            yield replace(event, question=plan.question, kind=plan.kind)
        else:
            yield event


def _written(context: AnswerContext, plan: QuestionPlan, reply: Reply) -> Iterator[AnswerEvent]:
    """Yield the sentences of a reply; each entry cites the first sentence of its abstract."""
    context.timer.mark_retrieved()
    quotes = {paper.id: _first_sentence(paper) for paper in reply.papers}
    ranked = tuple(RankedPaper(paper, 1.0) for paper in reply.papers)
    yield EvidenceFound(ranked, tuple(one for one in quotes.values() if one))
    citations = CitationList()
    sentences: list[AnswerSentence] = []
    context.timer.mark_first_token()
    for text in (reply.lead, *reply.notes):
        event = citations.sentence(text)
        sentences.append(event.sentence)
        yield event
    for place, entry in enumerate(reply.entries):
        quote = quotes.get(entry.paper.id) if entry.paper else None
        evidence: Sequence[Evidence] = [quote] if quote else []
        event = citations.sentence(entry.text, *evidence, listed=True, folded=place >= _MAX_ENTRIES)
        sentences.append(event.sentence)
        yield event
    yield context.answer(
        plan, sentences, citations.citations, papers=ranked, abstained=reply.abstained
    )


def _first_sentence(paper: Paper) -> Evidence | None:
    spans = spans_without_instructions(paper.abstract)
    return Evidence(paper, spans[0], 1.0) if spans else None
