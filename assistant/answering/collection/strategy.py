"""Answering a question about the collection with a list of papers."""

from collections.abc import Iterator

from assistant.answering.answer import AnswerEvent, PapersChecked, SentenceWritten
from assistant.answering.collection.list_papers import CollectionAnswer, list_papers
from assistant.answering.collection.topic_filter import MembershipCheck
from assistant.answering.context import AnswerContext
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.retrieval import retrieve


def answer_with_list(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer a question about the collection; yield events, and last the `Answer`."""
    assert plan.collection is not None
    check = membership_check(context.model, plan.collection.criterion)
    for event in list_papers(
        context.library, plan.question, plan.collection, check, context.stop, context.scope
    ):
        match event:
            case PapersChecked(done=0):
                context.timer.retrieved()
            case SentenceWritten():
                context.timer.token()
        if not isinstance(event, CollectionAnswer):
            yield event
            continue
        ranked = event.papers
        if not ranked:
            found = retrieve(context.library, plan.question, context.settings, context.scope)
            ranked = found.papers
        yield context.answer(
            plan,
            event.sentences,
            event.citations,
            papers=ranked,
            abstained=not event.citations,
            certainty=event.confidence,
        )


def membership_check(model: ModelClient, criterion: str) -> MembershipCheck:
    """Return the check whether papers meet a criterion: the model's yes or no about each."""
    return MembershipCheck(
        lambda shown: model.is_cached(model.prompt("belongs", criterion, shown)),
        lambda papers: model.yes_shares(
            [model.prompt("belongs", criterion, shown) for shown in papers]
        ),
    )
