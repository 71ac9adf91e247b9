"""Finished sentences are cited to their evidence; what does not hold gives way to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering import SentenceDropped, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.grounding.numbers import missing_numbers
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans


@pytest.fixture
def evidence(made_up_papers: list[Paper]) -> list[Evidence]:
    """Every sentence of the made-up papers."""
    return [
        Evidence(paper, span, score=1.0)
        for paper in made_up_papers
        for span in sentence_spans(paper.abstract)
    ]


@pytest.fixture
def grounding(evidence: list[Evidence], embedder: Embedder) -> Grounder:
    return Grounder("What do the papers find?", evidence, embedder)


def written(grounding: Grounder, text: str) -> SentenceWritten:
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
    grounding: Grounder, sentence: str, quote: str
) -> None:
    event = written(grounding, sentence)
    assert event.sentence.citations == (1,)
    assert quote in event.citations[0].quote
    assert event.sentence.supported


def test_a_quote_stands_at_its_offsets_in_the_abstract(grounding: Grounder) -> None:
    [citation] = written(grounding, "IceTrack finds cracks.").citations
    abstract = citation.evidence.paper.abstract
    assert abstract[citation.span.start : citation.span.end] == citation.quote


def test_the_number_of_another_sentence_gives_way_to_the_sentence_that_says_it(
    embedder: Embedder,
) -> None:
    abstract = (
        "At the start, 52% of the bakers owned a steam oven. "
        "Over the years, 80% of the bakers bought a steam oven at least once in Graz."
    )
    paper = Paper(title="Steam Ovens", abstract=abstract)
    evidence = [Evidence(paper, span, score=1.0) for span in sentence_spans(abstract)]
    grounding = Grounder("How many bakers bought an oven?", evidence, embedder)
    event = written(grounding, "52% of the bakers bought a steam oven at least once in Graz.")
    assert event.sentence.text.endswith(f"states: {evidence[1].text}")


def test_of_a_part_only_its_own_evidence_is_cited_and_the_numbers_go_on(
    grounding: Grounder, evidence: list[Evidence]
) -> None:
    written(grounding, "IceTrack finds cracks.")
    parrots = [one for one in evidence if one.paper.title.startswith("Teaching")]
    part = grounding.about("What do parrots learn?", parrots)
    event = written(part, "Six parrots learn to count like trams that are 9 decibels quieter.")
    assert all(one.evidence in parrots for one in event.citations[1:])
    assert [one.number for one in grounding.citations] == [1, 2]


def test_a_sentence_about_two_papers_is_cited_to_both(grounding: Grounder) -> None:
    event = written(grounding, "IceTrack follows glaciers while DoughNet runs on a toaster.")
    cited = {event.citations[number - 1].title for number in event.sentence.citations}
    assert cited == {"Glacier Melt Seen from Balloons", "Bread Dough as a Neural Network"}


def test_the_same_evidence_keeps_its_number(grounding: Grounder) -> None:
    written(grounding, "The melt speeds up by 12.5% a year.")
    written(grounding, "Rubber wheels make trams 9 decibels quieter.")
    event = written(grounding, "So the melt speeds up by 12.5% a year.")
    assert event.sentence.citations == (1,)
    assert [citation.number for citation in event.citations] == [1, 2]


@pytest.mark.parametrize(
    ("sentence", "evidence_text"),
    [
        ("The melt speeds up by 21.5% a year.", "The melt speeds up by 12.5% a year."),
        ("The melt speeds up by 12.5 ms a year.", "The melt speeds up by 12.5% a year."),
        ("The melt slows by 12.5% a year.", "The melt speeds up by 12.5% a year."),
        ("Rubber wheels make trams 19 decibels quieter.", "trams 9 decibels quieter."),
        ("Residents of Graz slept 2.1 minutes longer.", "Graz slept 21 minutes longer"),
        ("Residents of Graz slept 21 minutes shorter.", "Graz slept 21 minutes longer"),
        ("Residents of Vienna slept 21 minutes longer.", "Graz slept 21 minutes longer"),
        ("DoughNet predicts the rise of 2,000 loaves.", "the rise of 200 loaves"),
        ('It says that "the melt speeds up all the time".', "The melt speeds up by 12.5% a year."),
    ],
)
def test_a_sentence_that_does_not_hold_gives_way_to_the_evidence_it_leans_on(
    grounding: Grounder, sentence: str, evidence_text: str
) -> None:
    event = written(grounding, sentence)
    assert sentence not in event.sentence.text
    assert evidence_text in event.sentence.text
    assert evidence_text in event.citations[0].quote
    assert event.sentence.supported


def test_a_sentence_that_leans_on_nothing_clearly_is_dropped(grounding: Grounder) -> None:
    assert isinstance(grounding.check("It costs 350 euros in Vienna."), SentenceDropped)
    assert grounding.citations == []


def test_the_same_evidence_is_quoted_in_place_of_one_sentence_only(grounding: Grounder) -> None:
    written(grounding, "The melt speeds up by 21.5% a year.")
    assert isinstance(grounding.check("The melt speeds up by 99% a year."), SentenceDropped)


def test_a_number_of_another_paper_does_not_support_a_sentence(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounding = Grounder("How much quieter?", evidence, embedder)
    event = written(grounding, "Rubber wheels make trams 12.5 decibels quieter.")
    assert "trams 9 decibels quieter." in event.sentence.text


def made_up_evidence(abstract: str) -> list[Evidence]:
    paper = Paper(title="Bread and Its Networks", abstract=abstract)
    return [Evidence(paper, span, score=1.0) for span in sentence_spans(abstract)]


def test_numbers_swapped_between_methods_give_way_to_the_evidence(embedder: Embedder) -> None:
    evidence = made_up_evidence("On crusts DoughNet reaches 76 %, while BreadNet reaches 71 %.")
    grounding = Grounder("How good is BreadNet?", evidence, embedder)
    assert written(grounding, "BreadNet reaches 71%.").sentence.text == "BreadNet reaches 71%."
    assert evidence[0].text in written(grounding, "BreadNet reaches 76%.").sentence.text


def test_what_the_evidence_denies_gives_way_to_it(embedder: Embedder) -> None:
    evidence = made_up_evidence("DoughNet does not need labels of the loaves. It bakes 14 a day.")
    grounding = Grounder("Does DoughNet need labels?", evidence, embedder)
    event = written(grounding, "DoughNet needs labels of the loaves.")
    assert evidence[0].text in event.sentence.text


def test_if_no_sentence_held_the_evidence_of_the_first_is_quoted(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounding = Grounder("What do they cost?", evidence, embedder)
    assert isinstance(grounding.check("One may trade 350 euros."), SentenceDropped)
    event = grounding.instead()
    assert "office" in event.citations[0].quote
    assert event.citations[0].quote in event.sentence.text


def test_if_nothing_was_written_the_best_evidence_is_quoted(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    best = Evidence(evidence[4].paper, evidence[4].span, score=2.0)
    grounding = Grounder("What do they cost?", [*evidence[:4], best], embedder)
    assert best.text in grounding.instead().sentence.text


def test_a_name_that_only_another_paper_or_the_question_has_is_flagged_but_kept(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounding = Grounder("Did people in Vienna sleep longer?", evidence, embedder)
    sentence = written(grounding, "Residents of Graz and Vienna slept longer.").sentence
    assert not sentence.supported
    assert sentence.missing == ("Vienna",)


def test_the_ratio_of_another_quantity_gives_way_to_that_of_the_quantity_told(
    embedder: Embedder,
) -> None:
    ovens = Paper(
        title="Ovens That Talk",
        abstract="Ovens exchange 4.7x less traffic than kilns. They bake up to 2x faster.",
    )
    evidence = [Evidence(ovens, span, score=1.0) for span in sentence_spans(ovens.abstract)]
    grounding = Grounder("How do ovens compare?", evidence, embedder)
    event = written(grounding, "Ovens bake 4.7x faster than kilns.")
    assert "bake up to 2x faster" in event.sentence.text
    assert "traffic" not in event.sentence.text


def test_an_echo_of_the_question_is_dropped_but_for_a_verdicts_reason(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    question, echo = "Do trams get quieter on rubber wheels?", "Trams get quieter on rubber wheels."
    answering = Grounder(question, evidence, embedder)
    assert isinstance(answering.check(echo), SentenceDropped)
    assert not answering.citations
    reasoning = Grounder(question, evidence, embedder, keeps_echoes=True)
    assert isinstance(reasoning.check(echo), SentenceWritten)
    assert not reasoning.holds


def test_without_evidence_no_number_holds(embedder: Embedder) -> None:
    grounding = Grounder("How many?", [], embedder)
    assert isinstance(grounding.check("There are 14."), SentenceDropped)


_PIECES = st.sampled_from(
    """14|3 years|93%|93 ms|half|six|eight|two-thirds|-3 points|93 percent|4 mm|4 cm|0.4 cm
    |200 loaves|2e2|DoughNet|PolyCount|the dough|parrots|loaves|error|longer|in|of|not|higher
    """.split("|")
)


@settings(max_examples=25)
@given(pieces=st.lists(_PIECES, min_size=1, max_size=8))
def test_all_numbers_of_what_survives_stand_in_the_cited_abstracts(
    pieces: list[str], made_up_papers: list[Paper], embedder: Embedder
) -> None:
    evidence = [
        Evidence(paper, span, 1.0)
        for paper in made_up_papers[1:3]
        for span in sentence_spans(paper.abstract)
    ]
    event = Grounder("What?", evidence, embedder).check(f"It has {' '.join(pieces)}.")
    if isinstance(event, SentenceWritten):
        papers = [one.evidence.paper for one in event.citations]
        cited = [f"{paper.title}\n{paper.abstract}" for paper in papers]
        assert missing_numbers(event.sentence.text, cited) == ()


# -- cutting a stream into sentences -------------------------------------------------------------


def test_a_paper_may_speak_for_itself(grounding: Grounder, evidence: list[Evidence]) -> None:
    event = grounding.quote(evidence[0])
    assert evidence[0].text in event.sentence.text
    assert evidence[0].paper.title in event.sentence.text
    assert event.citations[-1].quote == evidence[0].text
