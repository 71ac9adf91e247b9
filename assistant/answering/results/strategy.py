"""Answering for the largest or smallest reported number: rank the numbers that fit the question.

1. Each number of the abstracts is scored by the cosine of its sentence to the question and by the
   question's words around it.
2. The dimension of the best of them, such as percent or time, is the one asked for.
3. The model tells whether the largest or the smallest value is wanted. Rows that fit nearly as well
   as the best are ordered by their amount.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.answer import AnswerEvent, AnswerSentence, EvidenceFound
from assistant.answering.collection.listing import in_quotation_marks
from assistant.answering.context import AnswerContext
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import CitationList
from assistant.answering.results.rows import ResultRow, result_rows
from assistant.library import Vector
from assistant.papers import Paper
from assistant.retrieval import RankedPaper
from assistant.retrieval.idf import inverse_document_frequencies
from assistant.text.proper_names import find_names, occurrences
from assistant.text.titles import short_title
from assistant.text.words import content_words, stem

_MAX_ROWS = 5
_DIRECTIONS = ("largest", "smallest")
# The weight of the question's words around a number, beside the cosine of its sentence.
_WORDS_WEIGHT = 0.6
# The dimension is decided by this many of the best rows.
_ROWS_FOR_DIMENSION = 12
# Rows with at least this share of the best row's score are compared.
_MIN_SHARE_OF_BEST = 0.72


@dataclass(frozen=True, slots=True)
class _Scored:
    row: ResultRow
    score: float


def answer_with_results(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer with the extreme value and the next ones, each quoted; last the `Answer`."""
    papers = context.library.catalogue.papers_in(context.scope)
    rows = _fitting_rows(context, plan, papers)
    context.timer.retrieved()
    citations = CitationList()
    if not rows:
        statement = AnswerSentence("The abstracts report no such number.", (), supported=True)
        yield context.answer(plan, [statement], (), papers=(), abstained=True)
        return
    direction = context.model.choose(_DIRECTIONS, "extreme", plan.question)
    ordered = _one_per_paper(
        sorted(rows, key=lambda one: one.row.amount, reverse=direction == "largest")
    )[:_MAX_ROWS]
    ranked = tuple(RankedPaper(one.row.evidence.paper, one.score) for one in ordered)
    yield EvidenceFound(ranked, tuple(one.row.evidence for one in ordered))
    sentences: list[AnswerSentence] = []
    for place, scored in enumerate(ordered):
        evidence = scored.row.evidence
        quote = f"{short_title(evidence.paper.title)}: {in_quotation_marks(evidence.text)}"
        event = (
            citations.sentence(
                f"The {direction} number reported is {scored.row.written}, by {quote}", evidence
            )
            if place == 0
            else citations.sentence(quote, evidence, listed=True, group=f"Next {direction}")
        )
        sentences.append(event.sentence)
        context.timer.token()
        yield event
    yield context.answer(plan, sentences, citations.citations, papers=ranked)


def _fitting_rows(
    context: AnswerContext, plan: QuestionPlan, papers: Sequence[Paper]
) -> list[_Scored]:
    """Return the rows that fit the question about as well as the best one does."""
    rows = list(result_rows(papers))
    if names := find_names(plan.question):
        named = [row for row in rows if all(occurrences(name, row.context) for name in names)]
        rows = (
            named
            or [row for row in rows if all(occurrences(n, row.evidence.paper.text) for n in names)]
            or rows
        )
    scored = _scored(context, plan, rows)
    scored.sort(key=lambda one: -one.score)
    weight: dict[str, float] = {}
    for one in scored[:_ROWS_FOR_DIMENSION]:
        if one.row.dimension:
            weight[one.row.dimension] = weight.get(one.row.dimension, 0.0) + one.score
    if not weight:
        return []
    dimension = max(weight, key=lambda name: weight[name])
    fitting = [one for one in scored if one.row.dimension == dimension]
    return [one for one in fitting if one.score >= _MIN_SHARE_OF_BEST * fitting[0].score]


def _scored(context: AnswerContext, plan: QuestionPlan, rows: Sequence[ResultRow]) -> list[_Scored]:
    library = context.library
    question = library.embedder.embed_question(plan.question)
    cosines = _sentence_cosines(context, rows, question)
    idf = inverse_document_frequencies(library, content_words(plan.topic))
    weights = {stem(word): value for word, value in idf.items()}
    total = sum(weights.values()) or 1.0

    def score(row: ResultRow) -> float:
        around = set(map(stem, content_words(f"{row.context} {row.evidence.paper.title}")))
        shared = sum(value for word, value in weights.items() if word in around) / total
        cosine = cosines.get((row.evidence.paper.id, row.evidence.span.start), 0.0)
        return cosine + _WORDS_WEIGHT * shared

    return [_Scored(row, score(row)) for row in rows]


def _sentence_cosines(
    context: AnswerContext, rows: Sequence[ResultRow], question: Vector
) -> Mapping[tuple[str, int], float]:
    """Return the cosine of each row's sentence to the question, by paper id and offset."""
    ids = list(dict.fromkeys(row.evidence.paper.id for row in rows))
    sentences = context.library.catalogue.chunks_of(ids, "sentence")
    vectors = context.library.vectors_of(sentences)
    return {
        (one.paper.id, one.span.start): float(vectors[one.id] @ question)
        for one in sentences
        if one.id in vectors
    }


def _one_per_paper(rows: Sequence[_Scored]) -> list[_Scored]:
    first: dict[str, _Scored] = {}
    for one in rows:
        first.setdefault(one.row.evidence.paper.id, one)
    return list(first.values())
