"""The numbers of citations."""

from assistant.answering.answer import AnswerSentence, Citation
from assistant.answering.rendering.citation_list import renumbered
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans


def test_citations_are_numbered_as_they_are_cited_and_unused_ones_left_out() -> None:
    paper = Paper(title="Bees", abstract="Bees dance. Bees sleep. Bees count.")
    dance, sleep, count = (Evidence(paper, span, 1.0) for span in sentence_spans(paper.abstract))
    written = [
        AnswerSentence("They count and dance.", (3, 1), supported=True),
        AnswerSentence("They count.", (3,), supported=True),
    ]
    citations = [Citation(1, dance), Citation(2, sleep), Citation(3, count)]
    sentences, cited = renumbered(written, citations)
    assert [one.citations for one in sentences] == [(1, 2), (1,)]
    assert cited == [Citation(1, count), Citation(2, dance)]
