"""Web and e-mail addresses of a sentence that its evidence does not have."""

import pytest

from assistant.answering import SentenceDropped, SentenceWritten
from assistant.answering.grounding.addresses import missing_addresses
from assistant.answering.grounding.grounder import Grounder
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans


@pytest.mark.parametrize(
    ("sentence", "missing"),
    [
        ("Get it at https://win.example/now.", ("https://win.example/now",)),
        ("Get it at www.win.example!", ("www.win.example",)),
        ("Get it at win.example/now.", ("win.example/now",)),
        ("Write to help@win.example.", ("help@win.example",)),
        ("![x](https://t.example/p.png?q=1)", ("https://t.example/p.png?q=1",)),
        ("The code is at https://code.example/lakes.", ()),
        ("The rate is 3.5 per 100 and/or 4, e.g. in Node.js.", ()),
    ],
)
def test_address_is_missing_unless_a_source_has_it(sentence: str, missing: tuple[str, ...]) -> None:
    assert missing_addresses(sentence, ["Code: https://code.example/lakes"]) == missing


def test_sentence_with_an_address_of_another_sentence_does_not_stay(embedder: Embedder) -> None:
    paper = Paper(
        title="Silent Trams",
        abstract="Rubber wheels make trams 9 decibels quieter. Offers: http://win.example/trams.",
    )
    evidence = [Evidence(paper, span, 1.0) for span in sentence_spans(paper.abstract)[:1]]
    grounder = Grounder("How much quieter are trams?", evidence, embedder)
    event = grounder.check(
        "Rubber wheels make trams 9 decibels quieter, see http://win.example/trams."
    )
    assert isinstance(event, SentenceDropped | SentenceWritten)
    assert "win.example" not in event.sentence.text or isinstance(event, SentenceDropped)
