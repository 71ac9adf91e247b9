"""Citing and checking the sentences of an answer."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.answering import SentenceDropped, SentenceWritten
from assistant.answering.grounding.grounder import Grounder
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.switches import ALL_CHECKS
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
def grounder(evidence: list[Evidence], embedder: Embedder) -> Grounder:
    return Grounder("What do the papers find?", evidence, embedder)


def written(grounder: Grounder, text: str) -> SentenceWritten:
    event = grounder.check(text)
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
def test_sentence_is_cited_to_the_evidence_that_supports_it(
    grounder: Grounder, sentence: str, quote: str
) -> None:
    event = written(grounder, sentence)
    assert event.sentence.citations == (1,)
    assert quote in event.citations[0].quote
    assert event.sentence.supported


def test_sentence_that_was_scored_twice_is_cited_once(
    grounder: Grounder, evidence: list[Evidence]
) -> None:
    scored_again = replace(evidence[0], score=0.5)
    assert grounder.cite(evidence[0]) == grounder.cite(scored_again) == 1


def test_span_of_citation_is_its_quote_in_the_abstract(grounder: Grounder) -> None:
    [citation] = written(grounder, "IceTrack finds cracks.").citations
    abstract = citation.evidence.paper.abstract
    assert abstract[citation.span.start : citation.span.end] == citation.quote


def test_sentence_with_misplaced_number_is_replaced_by_the_sentence_it_rephrases(
    embedder: Embedder,
) -> None:
    abstract = (
        "At the start, 52% of the bakers owned a steam oven. "
        "Over the years, 80% of the bakers bought a steam oven at least once in Graz."
    )
    paper = Paper(title="Steam Ovens", abstract=abstract)
    evidence = [Evidence(paper, span, score=1.0) for span in sentence_spans(abstract)]
    grounder = Grounder("How many bakers bought an oven?", evidence, embedder)
    event = written(grounder, "52% of the bakers bought a steam oven at least once in Graz.")
    assert event.sentence.text.endswith(f"states: {evidence[1].text}")


def test_part_cites_only_its_own_evidence_and_continues_the_numbering(
    grounder: Grounder, evidence: list[Evidence]
) -> None:
    written(grounder, "IceTrack finds cracks.")
    parrots = [one for one in evidence if one.paper.title.startswith("Teaching")]
    part = grounder.for_part("What do parrots learn?", parrots)
    event = written(part, "Six parrots learn to count like trams that are 9 decibels quieter.")
    assert all(one.evidence in parrots for one in event.citations[1:])
    assert [one.number for one in grounder.citations] == [1, 2]


def test_sentence_about_two_papers_is_cited_to_both(grounder: Grounder) -> None:
    event = written(grounder, "IceTrack follows glaciers while DoughNet runs on a toaster.")
    cited = {event.citations[number - 1].title for number in event.sentence.citations}
    assert cited == {"Glacier Melt Seen from Balloons", "Bread Dough as a Neural Network"}


def test_evidence_cited_twice_keeps_its_number(grounder: Grounder) -> None:
    written(grounder, "The melt speeds up by 12.5% a year.")
    written(grounder, "Rubber wheels make trams 9 decibels quieter.")
    event = written(grounder, "So the melt speeds up by 12.5% a year.")
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
def test_wrong_sentence_is_replaced_by_the_evidence_it_rephrases(
    grounder: Grounder, sentence: str, evidence_text: str
) -> None:
    event = written(grounder, sentence)
    assert sentence not in event.sentence.text
    assert evidence_text in event.sentence.text
    assert evidence_text in event.citations[0].quote
    assert event.sentence.supported


def test_wrong_sentence_without_a_clear_source_is_dropped(grounder: Grounder) -> None:
    assert isinstance(grounder.check("It costs 350 euros in Vienna."), SentenceDropped)
    assert grounder.citations == []


def test_evidence_is_quoted_only_once(grounder: Grounder) -> None:
    written(grounder, "The melt speeds up by 21.5% a year.")
    assert isinstance(grounder.check("The melt speeds up by 99% a year."), SentenceDropped)


def test_number_of_another_paper_does_not_support_a_sentence(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounder = Grounder("How much quieter?", evidence, embedder)
    event = written(grounder, "Rubber wheels make trams 12.5 decibels quieter.")
    assert "trams 9 decibels quieter." in event.sentence.text


def made_up_evidence(abstract: str) -> list[Evidence]:
    paper = Paper(title="Bread and Its Networks", abstract=abstract)
    return [Evidence(paper, span, score=1.0) for span in sentence_spans(abstract)]


def test_sentence_with_swapped_numbers_is_replaced_by_the_evidence(embedder: Embedder) -> None:
    evidence = made_up_evidence("On crusts DoughNet reaches 76 %, while BreadNet reaches 71 %.")
    grounder = Grounder("How good is BreadNet?", evidence, embedder)
    assert written(grounder, "BreadNet reaches 71%.").sentence.text == "BreadNet reaches 71%."
    assert evidence[0].text in written(grounder, "BreadNet reaches 76%.").sentence.text


def test_sentence_that_the_evidence_negates_is_replaced_by_it(embedder: Embedder) -> None:
    evidence = made_up_evidence("DoughNet does not need labels of the loaves. It bakes 14 a day.")
    grounder = Grounder("Does DoughNet need labels?", evidence, embedder)
    event = written(grounder, "DoughNet needs labels of the loaves.")
    assert evidence[0].text in event.sentence.text


def test_fallback_quotes_the_evidence_of_the_first_dropped_sentence(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounder = Grounder("What do they cost?", evidence, embedder)
    assert isinstance(grounder.check("One may trade 350 euros."), SentenceDropped)
    event = grounder.quote_fallback()
    assert "office" in event.citations[0].quote
    assert event.citations[0].quote in event.sentence.text


def test_fallback_quotes_the_best_evidence_if_nothing_was_dropped(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    best = Evidence(evidence[4].paper, evidence[4].span, score=2.0)
    grounder = Grounder("What do they cost?", [*evidence[:4], best], embedder)
    assert best.text in grounder.quote_fallback().sentence.text


def test_name_that_only_the_question_has_is_flagged_and_kept(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    grounder = Grounder("Did people in Vienna sleep longer?", evidence, embedder)
    sentence = written(grounder, "Residents of Graz and Vienna slept longer.").sentence
    assert not sentence.supported
    assert sentence.missing == ("Vienna",)


def test_sentence_with_wrong_ratio_is_replaced_by_the_ratio_of_its_quantity(
    embedder: Embedder,
) -> None:
    ovens = Paper(
        title="Ovens That Talk",
        abstract="Ovens exchange 4.7x less traffic than kilns. They bake up to 2x faster.",
    )
    evidence = [Evidence(ovens, span, score=1.0) for span in sentence_spans(ovens.abstract)]
    grounder = Grounder("How do ovens compare?", evidence, embedder)
    event = written(grounder, "Ovens bake 4.7x faster than kilns.")
    assert "bake up to 2x faster" in event.sentence.text
    assert "traffic" not in event.sentence.text


def test_echo_of_the_question_is_dropped_unless_echoes_are_kept(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    question, echo = "Do trams get quieter on rubber wheels?", "Trams get quieter on rubber wheels."
    answering = Grounder(question, evidence, embedder)
    assert isinstance(answering.check(echo), SentenceDropped)
    assert not answering.citations
    reasoning = Grounder(question, evidence, embedder, keep_echoes=True)
    assert isinstance(reasoning.check(echo), SentenceWritten)
    assert not reasoning.has_grounded_sentence


def test_number_is_dropped_without_evidence(embedder: Embedder) -> None:
    grounder = Grounder("How many?", [], embedder)
    assert isinstance(grounder.check("There are 14."), SentenceDropped)


# Statements of a number, and the papers that state it, by the first word of their titles.
_STATEMENTS = {
    "14 loaves": (),
    "3 years": (),
    "93%": ("Teaching",),
    "93 percent": ("Teaching",),
    "93 ms": (),
    "half": ("Teaching",),
    "six birds": ("Teaching",),
    "eight walnuts": ("Teaching",),
    "two-thirds": (),
    "-3 points": (),
    "4 mm": ("Bread",),
    "4 cm": (),
    "0.4 cm": ("Bread",),
    "200 loaves": ("Bread",),
    "2e2 loaves": ("Bread",),
    "dough": ("Bread", "Teaching"),
    "parrots": ("Bread", "Teaching"),
}


@settings(max_examples=25)
@given(st.lists(st.sampled_from(list(_STATEMENTS)), min_size=1, max_size=3))
@example(["93%"])
@example(["0.4 cm", "2e2 loaves"])
@example(["4 mm", "eight walnuts"])
@example(["4 cm"])
def test_sentence_is_kept_only_if_the_cited_papers_state_all_its_numbers(
    made_up_papers: list[Paper], embedder: Embedder, statements: list[str]
) -> None:
    evidence = [
        Evidence(paper, span, 1.0)
        for paper in made_up_papers[1:3]
        for span in sentence_spans(paper.abstract)
    ]
    text = f"It has {' and '.join(statements)}."
    event = Grounder("What?", evidence, embedder).check(text)
    if any(not _STATEMENTS[statement] for statement in statements):
        assert event.sentence.text != text or isinstance(event, SentenceDropped)
    if isinstance(event, SentenceWritten) and event.sentence.text == text:
        cited = {one.title.split()[0] for one in event.citations}
        assert all(cited & set(_STATEMENTS[statement]) for statement in statements)


def test_quote_names_the_paper_and_cites_it(grounder: Grounder, evidence: list[Evidence]) -> None:
    event = grounder.quote(evidence[0])
    assert evidence[0].text in event.sentence.text
    assert evidence[0].paper.title in event.sentence.text
    assert event.citations[-1].quote == evidence[0].text


def test_part_shares_citations_quotations_and_grounded_sentences_with_the_whole(
    grounder: Grounder, evidence: list[Evidence]
) -> None:
    glacier = [one for one in evidence if one.paper.title.startswith("Glacier")]
    trams = [one for one in evidence if one.paper.title.startswith("Silent")]
    first = grounder.for_part("How fast is the melt?", glacier)
    second = grounder.for_part("How loud are trams?", trams)

    first.quote(glacier[0])
    assert grounder.has_quoted
    assert second.has_quoted
    assert not grounder.has_grounded_sentence

    written(second, "Rubber wheels make trams 9 decibels quieter.")
    assert grounder.has_grounded_sentence
    assert first.has_grounded_sentence
    assert grounder.citations == first.citations == second.citations
    assert [one.number for one in grounder.citations] == [1, 2]


def test_part_has_a_question_and_evidence_of_its_own(
    grounder: Grounder, evidence: list[Evidence]
) -> None:
    written(grounder, "IceTrack finds cracks.")  # its evidence is embedded already
    trams = [one for one in evidence if one.paper.title.startswith("Silent")]
    part = grounder.for_part("What makes trams quieter?", trams)
    assert isinstance(part.check("Trams are quieter."), SentenceDropped)  # an echo of its question
    event = written(part, "Rubber wheels make trams 9 decibels quieter.")
    assert event.citations[-1].evidence == trams[0]
    assert grounder.question == "What do the papers find?"
    assert grounder.evidence == evidence


def test_fallback_of_the_whole_may_quote_what_a_part_dropped(
    grounder: Grounder, evidence: list[Evidence]
) -> None:
    keepers = [one for one in evidence if one.paper.title.startswith("A Survey")]
    part = grounder.for_part("What do they cost?", keepers)
    assert isinstance(part.check("One may trade 350 euros."), SentenceDropped)
    assert "office" in grounder.quote_fallback().citations[0].quote


@pytest.mark.parametrize(
    ("check", "question", "sentence"),
    [
        ("numbers", "How fast is it?", "The melt speeds up by 21.5% a year."),
        ("addresses", "How fast is it?", "The melt speeds up a year: see www.melt.org for more."),
        ("names", "How long did they sleep?", "Residents of Vienna slept longer."),
        ("quotations", "How fast is it?", 'It says that "the melt speeds up all the time".'),
        ("directions", "How long did they sleep?", "Residents of Graz slept 21 minutes shorter."),
        ("echoes", "Do trams get quieter on rubber wheels?", "Trams get quieter on rubber wheels."),
        ("disclaimers", "How fast is it?", "The abstracts do not state how fast the melt is."),
    ],
)
def test_sentence_is_kept_if_the_one_check_that_it_fails_is_off(
    evidence: list[Evidence], embedder: Embedder, check: str, question: str, sentence: str
) -> None:
    event = Grounder(question, evidence, embedder).check(sentence)
    assert event.failed == (check,)
    assert event.sentence.text != sentence or isinstance(event, SentenceDropped)
    without = Grounder(question, evidence, embedder, checks=ALL_CHECKS - {check})
    kept = written(without, sentence)
    assert (kept.sentence.text, kept.failed) == (sentence, ())
    assert without.has_grounded_sentence


@pytest.mark.parametrize(
    ("check", "abstract", "sentence"),
    [
        (
            "swapped_numbers",
            "On crusts DoughNet reaches 76 %, while BreadNet reaches 71 %.",
            "BreadNet reaches 76%.",
        ),
        (
            "negations",
            "DoughNet does not need labels of the loaves. It bakes 14 a day.",
            "DoughNet needs labels of the loaves.",
        ),
        (
            "ratios",
            "Ovens exchange 4.7x less traffic than kilns. They bake up to 2x faster.",
            "Ovens bake 4.7x faster than kilns.",
        ),
        (
            "misplaced_numbers",
            "At the start 52% of the bakers owned a steam oven. "
            "Over the years, 80% of the bakers bought a steam oven at least once in Graz.",
            "52% of the bakers bought a steam oven at least once in Graz.",
        ),
    ],
)
def test_contradiction_is_kept_if_its_rule_is_off(
    embedder: Embedder, check: str, abstract: str, sentence: str
) -> None:
    evidence = made_up_evidence(abstract)
    assert Grounder("What is said?", evidence, embedder).check(sentence).failed == (check,)
    without = Grounder("What is said?", evidence, embedder, checks=ALL_CHECKS - {check})
    assert written(without, sentence).sentence.text == sentence


def test_wrong_sentence_is_dropped_if_replacements_are_off(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    without = Grounder("How fast?", evidence, embedder, checks=ALL_CHECKS - {"replacements"})
    assert isinstance(without.check("The melt speeds up by 21.5% a year."), SentenceDropped)


def test_sentence_without_the_requested_number_is_kept_but_does_not_count(
    evidence: list[Evidence], embedder: Embedder
) -> None:
    question, sentence = "How many parrots learn to count?", "The parrots learn with a nut."
    grounder = Grounder(question, evidence, embedder)
    assert written(grounder, sentence).failed == ("requested_numbers",)
    assert not grounder.has_grounded_sentence
    without = Grounder(question, evidence, embedder, checks=ALL_CHECKS - {"requested_numbers"})
    assert written(without, sentence).failed == ()
    assert without.has_grounded_sentence


def test_number_whose_check_is_off_is_flagged(evidence: list[Evidence], embedder: Embedder) -> None:
    without = Grounder("How fast?", evidence, embedder, checks=frozenset())
    sentence = written(without, "The melt speeds up by 21.5% a year.").sentence
    assert not sentence.supported
    assert sentence.missing == ("21.5",)
