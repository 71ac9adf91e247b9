"""Finished sentences are cited to the evidence that supports them; invented numbers are dropped."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering import SentenceDropped, SentenceWritten
from assistant.answering.ground import Grounding, SentenceStream
from assistant.library import Embedder
from assistant.papers import Paper, sentence_spans
from assistant.retrieval import Evidence


@pytest.fixture
def evidence(made_up_papers: list[Paper]) -> list[Evidence]:
    """Every sentence of the made-up papers."""
    return [
        Evidence(paper, span, score=1.0)
        for paper in made_up_papers
        for span in sentence_spans(paper.abstract)
    ]


@pytest.fixture
def grounding(evidence: list[Evidence], embedder: Embedder) -> Grounding:
    return Grounding("What do the papers find?", evidence, embedder)


def written(grounding: Grounding, text: str) -> SentenceWritten:
    event = grounding.check(text)
    assert isinstance(event, SentenceWritten), event
    return event


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Glacier melt accelerates by 12.5% each year.", "The melt speeds up by 12.5% a year."),
        ("The dough simulator is off by 4 mm.", "with an error of 4 mm."),
        ("Lighthouse keepers mostly read novels.", "Most read novels at night"),
        ("In Graz people slept 21 minutes longer.", "Residents of Graz slept 21 minutes longer"),
    ],
)
def test_a_sentence_is_cited_to_the_evidence_that_says_it(
    grounding: Grounding, sentence: str, quote: str
) -> None:
    event = written(grounding, sentence)
    assert event.sentence.citations == (1,)
    assert quote in event.citations[0].quote
    assert event.sentence.supported


def test_a_quote_stands_at_its_offsets_in_the_abstract(grounding: Grounding) -> None:
    [citation] = written(grounding, "IceTrack finds cracks.").citations
    abstract = citation.evidence.paper.abstract
    assert abstract[citation.span.start : citation.span.end] == citation.quote


def test_a_sentence_about_two_papers_is_cited_to_both(grounding: Grounding) -> None:
    event = written(grounding, "IceTrack follows glaciers while DoughNet runs on a toaster.")
    cited = {event.citations[number - 1].title for number in event.sentence.citations}
    assert cited == {"Glacier Melt Seen from Balloons", "Bread Dough as a Neural Network"}


def test_the_same_evidence_keeps_its_number(grounding: Grounding) -> None:
    written(grounding, "The melt speeds up by 12.5% a year.")
    written(grounding, "Rubber wheels make trams 9 decibels quieter.")
    event = written(grounding, "So the melt speeds up by 12.5% a year.")
    assert event.sentence.citations == (1,)
    assert [citation.number for citation in event.citations] == [1, 2]


@pytest.mark.parametrize(
    "sentence",
    [
        "The melt speeds up by 21.5% a year.",
        "Trams became 19 decibels quieter.",
        "Residents of Graz slept three times longer.",
        "DoughNet predicts the rise of 2,000 loaves.",
    ],
)
def test_a_sentence_with_an_invented_number_is_dropped(grounding: Grounding, sentence: str) -> None:
    assert isinstance(grounding.check(sentence), SentenceDropped)
    assert grounding.citations == []


def test_a_number_of_another_paper_does_not_support_a_sentence(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    trams = [one for one in evidence if "Trams" in one.paper.title]
    grounding = Grounding("How much quieter?", trams, embedder)
    assert isinstance(grounding.check("Trams are 12.5 decibels quieter."), SentenceDropped)


def test_a_sentence_with_an_invented_name_is_dropped(grounding: Grounding) -> None:
    assert isinstance(
        grounding.check("Residents of Graz and Vienna slept longer."), SentenceDropped
    )


def test_a_name_that_only_another_paper_or_the_question_has_is_flagged_but_kept(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounding = Grounding("Did people in Vienna sleep longer?", evidence, embedder)
    sentence = written(grounding, "Residents of Graz and Vienna slept longer.").sentence
    assert not sentence.supported
    assert sentence.missing == ("Vienna",)


@settings(max_examples=20)
@given(number=st.integers(100, 10**6))
def test_no_sentence_with_a_number_of_its_own_making_survives(
    number: int, made_up_papers: list[Paper], embedder: Embedder
) -> None:
    paper = made_up_papers[0]
    evidence = [Evidence(paper, span, 1.0) for span in sentence_spans(paper.abstract)]
    event = Grounding("How many?", evidence, embedder).check(f"It follows {number} glaciers.")
    assert isinstance(event, SentenceDropped)


# -- cutting a stream into sentences -------------------------------------------------------------


def test_a_sentence_is_finished_once_the_next_has_begun() -> None:
    stream = SentenceStream()
    assert stream.feed("It is 3.") == []
    assert stream.feed("5 times") == []
    assert stream.feed(" faster. And") == ["It is 3.5 times faster."]
    assert stream.rest() == ["And"]


@given(st.lists(st.sampled_from(["One is", " two.", " Three", " is 4.", "5.", " No", "!", " "])))
def test_the_cuts_do_not_depend_on_the_pieces(pieces: list[str]) -> None:
    def sentences(of: list[str]) -> list[str]:
        stream = SentenceStream()
        found = [sentence for piece in of for sentence in stream.feed(piece)]
        return found + stream.rest()

    text = "".join(pieces)
    assert sentences(pieces) == sentences([text]) == sentences(list(text))


def test_a_paper_may_speak_for_itself(grounding: Grounding, evidence: list[Evidence]) -> None:
    event = grounding.quote(evidence[0])
    assert evidence[0].text in event.sentence.text
    assert evidence[0].paper.title in event.sentence.text
    assert event.citations[-1].quote == evidence[0].text
