"""Answering for the largest or smallest reported number: rank the numbers that fit the question.

1. The numbers come from the results index of the library. Each is scored by the cosine of its
   sentence to the question, the question's words around it, and their similarity to what it
   measures. If none scores well, the answer is that the abstracts report no such number.
2. Numbers that score nearly as well as the best are kept, if they have the dimension, such as
   percent or time, that dominates among them.
3. The model decides whether the largest or the smallest value is wanted, and the numbers are
   ordered by their amount.

Design notes: docs/design/broad-questions.md
"""

from collections.abc import Iterator, Sequence

from assistant.answering.answer import AnswerSentence
from assistant.answering.collection.listing import in_quotation_marks
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import CitationList
from assistant.answering.results.ranking import ScoredResult, fitting_results
from assistant.library.results import Result
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.titles import short_title

_MAX_ROWS = 5
_DIRECTIONS = ("largest", "smallest")


def answer_with_results(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer with the extreme value and the next ones, each quoted; yield the `Answer` last."""
    papers = context.library.catalogue.papers_in(context.scope)
    fitting = fitting_results(context.library, plan.question, papers)
    context.timer.mark_retrieved()
    citations = CitationList()
    if not fitting:
        statement = AnswerSentence("The abstracts report no such number.", (), supported=True)
        yield context.answer(plan, [statement], (), papers=(), abstained=True)
        return
    direction = context.model.choose(_DIRECTIONS, "extreme", plan.question)
    ordered = _one_per_paper(
        sorted(fitting, key=lambda one: one.result.amount, reverse=direction == "largest")
    )[:_MAX_ROWS]
    ranked = tuple(RankedPaper(one.result.paper, one.score) for one in ordered)
    evidence = [Evidence(one.result.paper, one.result.sentence, one.score) for one in ordered]
    yield EvidenceFound(ranked, tuple(evidence))
    sentences: list[AnswerSentence] = []
    for one, quoted in zip(ordered, evidence, strict=True):
        title = short_title(one.result.paper.title)
        row = f"{_described(one.result)}, by {title}: {in_quotation_marks(quoted.text)}"
        event = (
            citations.sentence(f"The {direction} number reported is {row}", quoted)
            if not sentences
            else citations.sentence(row, quoted, listed=True, group=f"Next {direction}")
        )
        sentences.append(event.sentence)
        context.timer.mark_first_token()
        yield event
    yield context.answer(plan, sentences, citations.citations, papers=ranked)


def _described(result: Result) -> str:
    """Return a value with what it measures, such as "93% (accuracy, on WalnutBench)"."""
    data_set = f"on {result.data_set}" if result.data_set else ""
    details = ", ".join(filter(None, (result.measures, data_set)))
    return f"{result.value} ({details})" if details else result.value


def _one_per_paper(results: Sequence[ScoredResult]) -> list[ScoredResult]:
    first: dict[str, ScoredResult] = {}
    for one in results:
        first.setdefault(one.result.paper.id, one)
    return list(first.values())
