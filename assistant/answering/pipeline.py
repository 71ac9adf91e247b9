"""The chain of calls from a question to its answer, readable from top to bottom."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from assistant.answering.abstention import abstention
from assistant.answering.answer import (
    Answer,
    AnswerEvent,
    AnswerSentence,
    EvidenceFound,
    PapersChecked,
    SentenceWritten,
)
from assistant.answering.answerability import Decision, answer_probability
from assistant.answering.collection.comparison import compared
from assistant.answering.collection.list_papers import Listed, list_papers
from assistant.answering.collection.topic_filter import PaperCheck
from assistant.answering.context import AnswerContext
from assistant.answering.generate import (
    Part,
    Written,
    parts,
    write_answer,
    write_parts,
    write_verdict,
)
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.prompt_blocks import whole_papers
from assistant.answering.question.follow_up import Turn, points_back, understand
from assistant.answering.question.intent import CollectionQuestion, collection_question
from assistant.answering.question.verdict import (
    TRUTH,
    Scale,
    VerdictScores,
    implied_scale,
    verdict_scale,
)
from assistant.answering.rerank import rerank
from assistant.llm import Completion
from assistant.papers import Paper
from assistant.retrieval import Evidence, Retrieval, restrict_evidence, retrieve

# An abstract that bears on a claim seldom states the verdict, and one that refutes it answers it,
# too; of two papers neither states the whole answer. Such questions are answered unless the model
# says clearly that nothing does: at this part of the threshold, by its share of yes as it is.
_LENIENCE = 0.23


def answer_question(
    context: AnswerContext, question: str, history: Sequence[Turn]
) -> Iterator[AnswerEvent]:
    """Answer a question; yield what is known as soon as it is, and last the `Answer`."""
    search = cache(partial(_search, context))  # a question that stands alone is searched for once
    understood = understand(
        question, history, lambda text: _is_clear(search(text, is_follow_up=False))
    )
    # What kind of answer is wanted the question says itself, whatever was asked before it.
    collection = collection_question(question)
    if understood.history and points_back(question):
        collection = None  # "Which papers use it?" does not name what to look for in all papers
    if collection is not None and not collection.compares:
        yield from _list(context, question, collection)
        return
    context = replace(context, history=understood.history)
    found = search(understood.searched, is_follow_up=bool(understood.history))
    if collection is not None:
        count = context.settings.evidence_sentences
        found = compared(
            context.library, understood.searched, collection.sides, found, count, context.scope
        )
    context.timer.retrieved()
    yield EvidenceFound(found.papers, found.evidence)
    scale, retrieval = _look_closer(context, question, understood.searched, found)
    if retrieval is not found:
        yield EvidenceFound(retrieval.papers, retrieval.evidence)

    decided = _decide(context, question, scale, retrieval)
    lenient = scale is not None or retrieval.ambiguity == "two"
    confidence = decided.yes if lenient else answer_probability(decided.yes, context.calibration)
    embedder, evidence = context.library.embedder, retrieval.evidence
    grounding = Grounder(
        question,
        evidence,
        embedder,
        search_text=understood.searched,
        keep_echoes=scale is not None,  # "Yes." is the answer then, and says nothing new either
    )
    sentences: list[AnswerSentence] = []
    threshold = context.settings.abstention_threshold * (_LENIENCE if lenient else 1.0)
    if evidence and confidence >= threshold:
        for event in _write(context, question, retrieval.evidence, decided, grounding):
            if isinstance(event, SentenceWritten):
                sentences.append(event.sentence)
            yield event
        if not (lenient or grounding.has_grounded_sentence):
            confidence = answer_probability(decided.yes, context.calibration, ungrounded=True)
            if confidence >= threshold and not grounding.has_quoted:
                yield (event := grounding.quote_fallback())
                sentences.append(event.sentence)
    elif decided.begun:
        decided.begun.drop()
        context.timer.count(decided.begun.usage)
    abstained = confidence < threshold or not sentences
    if abstained:
        grounding = Grounder(question, evidence, embedder, search_text=understood.searched)
        sentences = abstention(evidence, grounding)
    _read_later(context, retrieval)
    yield Answer(
        question=question,
        standalone_question=understood.searched,
        sentences=tuple(sentences),
        citations=tuple(grounding.citations),
        evidence=evidence,
        papers=retrieval.papers,
        abstained=abstained,
        confidence=confidence,
        timings=context.timer.timings(),
        model=context.model,
        library=context.library.fingerprint(),
    )


def decision_about(context: AnswerContext, question: str) -> Decision | None:
    """Return what a question is decided by.

    None if it is decided in another way, as one for a verdict, about two papers or about the
    collection is, or if no sentence is evidence, or the model's state cannot be read.
    """
    if collection_question(question):
        return None
    scale, retrieval = _found(context, question)
    if scale or retrieval.ambiguity == "two" or not retrieval.evidence:
        return None
    papers = dict.fromkeys(one.paper for one in retrieval.evidence)
    state = context.state(question, retrieval.evidence)
    return None if state is None else Decision(tuple(papers), state)


def verdict_about(context: AnswerContext, question: str) -> tuple[Paper, VerdictScores] | None:
    """Return what the verdict on a question is taken from, and the paper of the evidence.

    None if it wants none, or is about two papers, or if no sentence is evidence.
    """
    if collection_question(question):
        return None
    scale, retrieval = _found(context, question)
    if scale is None or retrieval.ambiguity == "two" or not retrieval.evidence:
        return None
    _, weighed = context.weigh_verdict(question, retrieval.evidence, scale)
    return retrieval.evidence[0].paper, weighed


def _found(context: AnswerContext, question: str) -> tuple[Scale | None, Retrieval]:
    """Return the verdicts that a question that stands alone wants, and what it is answered from."""
    found = _search(context, question)
    context.timer.retrieved()
    return _look_closer(context, question, question, found)


def _list(
    context: AnswerContext, question: str, collection: CollectionQuestion
) -> Iterator[AnswerEvent]:
    """The chain for a question about the collection: see `collection.py`."""
    criterion = collection.criterion
    check = PaperCheck(
        lambda shown: context.engine.is_cached(context.prompt("belongs", criterion, shown)),
        lambda papers: context.yes_shares(
            [context.prompt("belongs", criterion, shown) for shown in papers]
        ),
    )
    events = list_papers(context.library, question, collection, check, context.stop, context.scope)
    for event in events:
        match event:
            case PapersChecked(done=0):
                context.timer.retrieved()
            case SentenceWritten():
                context.timer.token()
        if not isinstance(event, Listed):
            yield event
            continue
        yield Answer(
            question=question,
            standalone_question=question,
            sentences=event.sentences,
            citations=event.citations,
            evidence=event.evidence,
            papers=event.papers or _search(context, question).papers,
            abstained=not event.citations,
            confidence=event.confidence,
            timings=context.timer.timings(),
            model=context.model,
            library=context.library.fingerprint(),
        )


def _search(context: AnswerContext, question: str, *, is_follow_up: bool = False) -> Retrieval:
    return retrieve(
        context.library, question, context.settings, context.scope, is_follow_up=is_follow_up
    )


def _is_clear(found: Retrieval) -> bool:
    """Tell whether a search leaves no doubt which papers are meant; among one alone it cannot."""
    return found.ambiguity != "ambiguous" and len(found.papers) > 1


def _look_closer(
    context: AnswerContext, question: str, searched: str, found: Retrieval
) -> tuple[Scale | None, Retrieval]:
    """Return the verdicts that a question wants, if it wants one, and what it is answered from.

    That is what was found: reranked if the ranking is unsure, and for a verdict a whole abstract.
    """
    retrieval = _reranked(context, searched, found) if found.ambiguity == "ambiguous" else found
    scale = verdict_scale(question)
    if retrieval.ambiguity == "two":
        # "Does either need more?" is answered by what each paper states.
        return (scale if scale == TRUTH else None), retrieval
    if not retrieval.evidence:
        return scale, retrieval
    if scale is None:
        scale = implied_scale(
            question, lambda words: context.begins_with(words, question, retrieval.evidence)
        )
    if scale:
        # What the sentences nearest to a claim leave out may overturn it.
        best = next(ranked.paper for ranked in retrieval.papers if ranked.paper.abstract)
        retrieval = restrict_evidence(context.library, searched, retrieval, [best], sys.maxsize)
    return scale, retrieval


def _reranked(context: AnswerContext, searched: str, found: Retrieval) -> Retrieval:
    # What was searched for holds the earlier questions too: as turns of the chat they would be all
    # that counts of the likelihood.
    alone = replace(context, history=())
    reranked = rerank(
        context.library,
        searched,
        found,
        context.settings.papers_reranked,
        has_read=lambda shown: context.engine.is_cached(alone.prompt("answer", searched, shown)),
        score_paper=lambda shown: alone.score_paper(searched, shown),
    )
    return reranked or found


@dataclass(frozen=True, slots=True)
class _Decided:
    """What is known of an answer before it is written.

    Attributes:
        yes: how sure the model is, 0 to 1, that the evidence answers the question.
        begun: the answer, if it is being written: the decision is read off its prompt, or off one
            beside it. Only a verdict has to be known first.
        weighed: what a verdict is taken from, if one is wanted.
        parts: what is asked about each of two papers, if it is; the answer begins with the first.
    """

    yes: float
    begun: Completion | None = None
    weighed: VerdictScores | None = None
    parts: Sequence[Part] = ()


def _decide(
    context: AnswerContext, question: str, scale: Scale | None, retrieval: Retrieval
) -> _Decided:
    evidence = retrieval.evidence
    if not evidence:
        return _Decided(0.0)
    if scale:
        yes, weighed = context.weigh_verdict(question, evidence, scale)
        return _Decided(yes, weighed=weighed)
    if retrieval.ambiguity == "two":
        asked = parts(context, question, evidence, retrieval.sub_questions)
        look = context.prompt("look", question, evidence)
        return _Decided(*context.score_and_begin(look, asked[0].prompt), parts=asked)
    return _Decided(*context.decide_and_begin(question, evidence))


def _write(
    context: AnswerContext,
    question: str,
    evidence: Sequence[Evidence],
    decided: _Decided,
    grounding: Grounder,
) -> Iterator[Written]:
    """Yield the answer as it is written, in the way that the question wants."""
    if decided.weighed:
        return write_verdict(context, question, evidence, decided.weighed, grounding)
    if decided.parts:
        return write_parts(context, decided.parts, decided.begun, grounding)
    assert decided.begun is not None  # it is begun with the decision
    return write_answer(context, decided.begun, grounding)


def _read_later(context: AnswerContext, retrieval: Retrieval) -> None:
    """Have the model read the papers that a question like this one needs again."""
    papers: list[Paper] = [one.paper for one in retrieval.evidence]
    if papers and retrieval.ambiguity == "ambiguous":
        best = retrieval.papers[: context.settings.papers_reranked]
        papers += [ranked.paper for ranked in best]
    if papers:
        unique = list(dict.fromkeys(papers))
        context.engine.cache_blocks(whole_papers(unique, context.settings.prompts))
