"""Answering a question about the collection with a list of papers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.answering.answer import AnswerSentence
from assistant.answering.collection.list_papers import CollectionAnswer, list_papers
from assistant.answering.collection.topic_filter import MembershipCheck
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, PapersChecked, SentenceWritten
from assistant.answering.model_client import ModelClient
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.question.verdict import YES_NO, verdict_scale
from assistant.retrieval import retrieve

# Further entries are folded behind "show all".
_MAX_ENTRIES_SHOWN = 12
# "Anything on bees?" means "Is there anything on bees?".
_ELLIPTIC_EXISTENCE = re.compile(r"any(?:thing|body|one)?\b.*\?\W*$", re.IGNORECASE)


def answer_with_list(
    context: AnswerContext, plan: QuestionPlan, *, check_all: bool = False
) -> Iterator[AnswerEvent]:
    """Answer a question about the collection; yield events, ending with the `Answer`.

    Args:
        context: what answering needs.
        plan: the plan for the question.
        check_all: whether each paper of the scope is checked, however unlike the criterion.
    """
    assert plan.collection is not None
    check = membership_check(context.model, plan.collection.criterion)
    for event in list_papers(
        context.library,
        plan.question,
        plan.collection,
        check,
        context.stop,
        context.scope,
        check_all=check_all,
    ):
        match event:
            case PapersChecked(done=0):
                context.timer.mark_retrieved()
            case SentenceWritten():
                context.timer.mark_first_token()
        if not isinstance(event, CollectionAnswer):
            yield event
            continue
        ranked = event.papers
        if not ranked:
            found = retrieve(context.library, plan.question, context.settings, context.scope)
            ranked = found.papers
        yield context.answer(
            plan,
            _presented(plan.question, event),
            event.citations,
            papers=ranked,
            abstained=not event.citations,
            certainty=event.confidence,
        )


def membership_check(model: ModelClient, criterion: str) -> MembershipCheck:
    """Return the check whether papers meet a criterion: the model answers yes or no for each."""
    return MembershipCheck(
        lambda shown: model.is_cached(model.prompt("belongs", criterion, shown)),
        lambda papers: model.yes_probabilities(
            [model.prompt("belongs", criterion, shown) for shown in papers]
        ),
    )


def _presented(question: str, found: CollectionAnswer) -> list[AnswerSentence]:
    """Prefix a yes or no if the question asks for one, and fold the later entries."""
    first, *others = found.sentences
    if verdict_scale(question) == YES_NO or _ELLIPTIC_EXISTENCE.match(question.strip()):
        text = first.text[:1].lower() + first.text[1:]
        first = replace(first, text=f"{'Yes' if found.citations else 'No'}: {text}")
    sentences, entries = [first], 0
    for sentence in others:
        entries += sentence.listed
        sentences.append(replace(sentence, folded=entries > _MAX_ENTRIES_SHOWN))
    return sentences
