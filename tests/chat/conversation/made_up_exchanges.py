"""Exchanges with a made-up answer."""

from assistant.answering import Answer, AnswerSentence, Citation, Timings
from assistant.chat.conversation.exchange import Exchange
from assistant.library import Scope
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span

_DOUGH = Paper(
    title="Dough", abstract="DoughNet rises 4 mm. It falls.", year=2023, authors=("Ada Frost",)
)
_RISES = Evidence(_DOUGH, Span(0, 20), 2.0)


def answered_exchange(
    question: str = "How far does it rise?", *, abstained: bool = False
) -> Exchange:
    sentence = AnswerSentence("DoughNet rises 4 mm.", (1,), supported=True)
    answer = Answer(
        question=question,
        standalone_question="How far does dough rise?",
        sentences=(sentence,),
        citations=(Citation(1, _RISES),),
        evidence=(_RISES,),
        papers=(RankedPaper(_DOUGH, 1.5),),
        abstained=abstained,
        confidence=0.9,
        timings=Timings(0.1, 0.5, 1.0, 200, 150, 12),
        model="small@abc",
        library="def",
    )
    return Exchange(question, scope=Scope(years=(2023,)), limited_to="2023").after(answer)
