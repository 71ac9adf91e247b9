"""From a question to its answer: plan the question, then let the strategy of its kind answer.

Design notes: docs/design/answerability.md
"""

from collections.abc import Iterator, Sequence
from functools import cache

from assistant.answering.answer import AnswerEvent
from assistant.answering.closed import answer_closed_question
from assistant.answering.collection import answer_with_list
from assistant.answering.context import AnswerContext
from assistant.answering.question.follow_up import Turn
from assistant.answering.question.plan import plan_question
from assistant.retrieval import Retrieval, retrieve


def answer_question(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    """Answer a question; yield events as they occur, and last the `Answer`."""

    @cache  # planning a standalone question searches for it already
    def search(text: str, is_follow_up: bool) -> Retrieval:
        return retrieve(
            context.library, text, context.settings, context.scope, is_follow_up=is_follow_up
        )

    def finds_papers_clearly(text: str) -> bool:
        found = search(text, False)
        return found.ambiguity != "ambiguous" and len(found.papers) > 1

    plan = plan_question(question, history, finds_papers_clearly)
    match plan.kind:
        case "list":
            yield from answer_with_list(context, plan)
        case _:
            yield from answer_closed_question(
                context, plan, search(plan.search_text, bool(plan.history))
            )
