"""Answering small talk with a canned reply, without a search and without citations."""

from collections.abc import Iterator

from assistant.answering.answer import AnswerSentence
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, SentenceWritten
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.smalltalk.reply import reply_to


def answer_smalltalk(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer a remark with a canned reply; yield events, ending with the `Answer`."""
    reply = reply_to(plan.question, context.library.embedder)
    sentence = AnswerSentence(reply, (), supported=True)
    context.timer.mark_first_token()
    yield SentenceWritten(sentence, ())
    yield context.answer(plan, [sentence], (), papers=())
