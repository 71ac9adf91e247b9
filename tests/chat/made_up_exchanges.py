"""Exchanges with a made-up answer, and their conversations."""

from collections.abc import Sequence

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.exchange_store import save_new
from assistant.library import Conversations, Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span

_DOUGH = Paper(
    title="Dough", abstract="DoughNet rises 4 mm. It falls.", year=2023, authors=("Ada Frost",)
)
_RISES = Evidence(_DOUGH, Span(0, 20), 2.0)


def made_up_answer(
    question: str,
    sentences: Sequence[AnswerSentence],
    evidence: Sequence[Evidence] = (_RISES,),
    *,
    abstained: bool = False,
    confidence: float | None = 0.9,
) -> Answer:
    """An answer that cites all its evidence."""
    return Answer(
        question=question,
        standalone_question="How far does dough rise?",
        sentences=tuple(sentences),
        citations=tuple(Citation(number, one) for number, one in enumerate(evidence, 1)),
        evidence=tuple(evidence),
        papers=tuple(RankedPaper(one.paper, 1.5) for one in evidence),
        abstained=abstained,
        confidence=confidence,
        timings=Timings(0.1, 0.5, 1.0, 200, 150, 12),
        model="small@abc",
        library="def",
    )


def answered_exchange(
    question: str = "How far does it rise?", *, abstained: bool = False
) -> Exchange:
    sentence = AnswerSentence("DoughNet rises 4 mm.", (1,), supported=True)
    answer = made_up_answer(question, [sentence], abstained=abstained)
    return Exchange(question, scope=Scope(years=(2023,)), limited_to="2023").with_event(answer)


def listed_exchange(question: str, papers: Sequence[Paper]) -> Exchange:
    """An exchange whose answer lists papers."""
    entries = [
        AnswerSentence(f"{paper.title}: “{paper.abstract}”", (number,), True, listed=True)
        for number, paper in enumerate(papers, 1)
    ]
    count = AnswerSentence(f"{len(papers)} papers match.", (), supported=True)
    evidence = [Evidence(paper, Span(0, len(paper.abstract)), 1.0) for paper in papers]
    return Exchange(question).with_event(made_up_answer(question, [count, *entries], evidence))


def small_talk(question: str) -> Exchange:
    """An exchange whose answer is based on no papers."""
    reply = AnswerSentence("You are welcome.", (), supported=True)
    return Exchange(question).with_event(made_up_answer(question, [reply], (), confidence=None))


def save_conversation(
    conversations: Conversations, exchanges: Sequence[Exchange], owner: str = ""
) -> str:
    """Save a conversation; return its id."""
    conversation = conversations.start(owner, exchanges[0].question).id
    number = 0
    for exchange in exchanges:
        number = save_new(conversations, conversation, exchange, number).number
    return conversation
