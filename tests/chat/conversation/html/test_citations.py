"""The labels of citations: one number for each paper."""

from assistant.answering import Citation
from assistant.chat.conversation.exchange import Exchange
from assistant.chat.conversation.html.citations import citation_labels
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import Span

_DOUGH = Paper(title="Dough", abstract="Dough rises. It falls.")
_BREAD = Paper(title="Bread", abstract="Bread is baked. It is sold.")


def test_sentences_of_one_paper_share_its_number() -> None:
    citations = (
        Citation(1, Evidence(_DOUGH, Span(0, 12), 1.0)),
        Citation(2, Evidence(_BREAD, Span(0, 15), 1.0)),
        Citation(3, Evidence(_DOUGH, Span(13, 22), 1.0)),
    )
    labels = citation_labels(Exchange("?", number=7, citations=citations))
    assert labels.labels == {1: "1a", 2: "2", 3: "1b"}
    assert labels.order == {_DOUGH.id: 1, _BREAD.id: 2}
    assert labels.marks([3, 2]) == (
        '<a class="citation" href="#source-7-3" aria-label="Source 1b">[1b]</a>'
        '<a class="citation" href="#source-7-2" aria-label="Source 2">[2]</a>'
    )
