"""What one paper says of another is told as that."""

import pytest

from assistant.answering import AnswerSentence
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.grounding.reported import NamedPaper, according_to, reported_paper
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans

COBALT = Paper(
    title="CobaltNet: Finding Cracks in Bridges from Sound",
    abstract=(
        "CobaltNet classifies recordings of taps. "
        "It finds 91% of the cracks deeper than 2 cm. "
        "The treatment of the recordings is completely safe for the bridges."
    ),
    authors=("Ada Frost", "Bo Melt"),
    year=2021,
)
TARN = Paper(
    title="Tapping Bridges Again",
    abstract=(
        "We tap 40 bridges in the north. "
        "CobaltNet finds only 38% of the deep cracks. "
        "The treatment of the recordings by CobaltNet is not safe for the bridges. "
        "CobaltNet was written in three weeks."
    ),
    authors=("Cy Tarn",),
    year=2023,
)
QUESTION = "What share of the deep cracks does CobaltNet find?"


def evidence_of(*papers: Paper) -> list[Evidence]:
    return [
        Evidence(paper, span, score=1.0)
        for paper in papers
        for span in sentence_spans(paper.abstract)
    ]


@pytest.fixture
def named() -> NamedPaper:
    return NamedPaper(COBALT, "CobaltNet", evidence_of(COBALT), [TARN])


@pytest.fixture
def grounder(embedder: Embedder, named: NamedPaper) -> Grounder:
    """The model was shown both abstracts."""
    return Grounder(QUESTION, evidence_of(TARN, COBALT), embedder, named=[named])


def told(grounder: Grounder, text: str) -> list[AnswerSentence]:
    return [event.sentence for event in grounder.ground(text)]


def cited(grounder: Grounder, sentence: AnswerSentence) -> list[Paper]:
    papers = {citation.number: citation.evidence.paper for citation in grounder.citations}
    return [papers[number] for number in sentence.citations]


def test_what_the_named_paper_says_is_told_and_cited_as_it_is(grounder: Grounder) -> None:
    [sentence] = told(grounder, "CobaltNet finds 91% of the deep cracks.")
    assert sentence.text == "CobaltNet finds 91% of the deep cracks."
    assert cited(grounder, sentence) == [COBALT]


def test_conflict_is_shown_as_one_the_named_paper_first(grounder: Grounder) -> None:
    own, other = told(grounder, "CobaltNet finds only 38% of the deep cracks.")
    assert own.text.endswith("states: It finds 91% of the cracks deeper than 2 cm.")
    assert other.text == "According to Tarn (2023), CobaltNet finds only 38% of the deep cracks."
    assert (cited(grounder, own), cited(grounder, other)) == ([COBALT], [TARN])


def test_own_sentence_is_not_repeated_if_the_answer_has_it(grounder: Grounder) -> None:
    told(grounder, "CobaltNet finds 91% of the deep cracks.")
    [other] = told(grounder, "CobaltNet finds only 38% of the deep cracks.")
    assert other.text.startswith("According to Tarn (2023), ")


def test_contradiction_without_numbers_is_a_conflict_too(grounder: Grounder) -> None:
    own, other = told(grounder, "The treatment of the recordings by CobaltNet is not safe.")
    assert "is completely safe" in own.text
    assert other.text.startswith("According to Tarn (2023), the treatment")


def test_what_only_the_other_paper_says_is_told_as_that(grounder: Grounder) -> None:
    [sentence] = told(grounder, "CobaltNet was written in three weeks.")
    assert sentence.text == "According to Tarn (2023), CobaltNet was written in three weeks."


def test_conflict_is_found_even_if_the_model_was_not_shown_the_named_paper(
    embedder: Embedder, named: NamedPaper
) -> None:
    grounder = Grounder(QUESTION, evidence_of(TARN), embedder, named=[named])
    own, other = told(grounder, "CobaltNet finds only 38% of the deep cracks.")
    assert (cited(grounder, own), cited(grounder, other)) == ([COBALT], [TARN])


def test_fact_that_both_papers_have_is_cited_to_the_named_one(embedder: Embedder) -> None:
    repeated = Paper(title="Other Taps", abstract="CobaltNet finds 91% of the deep cracks.")
    grounder = Grounder(
        QUESTION,
        evidence_of(repeated),
        embedder,
        named=[NamedPaper(COBALT, "CobaltNet", evidence_of(COBALT), [repeated])],
    )
    [sentence] = told(grounder, "CobaltNet finds 91% of the deep cracks.")
    assert not sentence.text.startswith("According to")
    assert cited(grounder, sentence) == [COBALT]


def test_only_a_paper_that_speaks_of_the_named_one_reports_it(named: NamedPaper) -> None:
    silent = Paper(title="Silent Trams", abstract="Rubber wheels make trams quieter.")
    assert reported_paper([named], [TARN]) == named
    assert reported_paper([named], [silent]) is None
    assert reported_paper([named], [TARN, COBALT]) is None
    assert reported_paper([named], []) is None
    assert reported_paper([], [TARN]) is None


@pytest.mark.parametrize(
    ("text", "told_as"),
    [
        ("The cracks are deep.", "the cracks are deep."),
        ("A recount shows more.", "a recount shows more."),
        ("CobaltNet, in short, fails.", "CobaltNet, in short, fails."),
        ("Graz has four bridges.", "Graz has four bridges."),
        ("91% were found.", "91% were found."),
    ],
)
def test_sentence_goes_on_after_the_name_of_its_source(text: str, told_as: str) -> None:
    question = "Which bridges of Graz were tapped?"
    assert according_to(text, [TARN], question) == f"According to Tarn (2023), {told_as}"


def test_paper_without_authors_is_named_by_its_title() -> None:
    untold = Paper(title="Tapper: Bridges Again", abstract="It taps.")
    assert according_to("It taps.", [untold], "") == "According to “Tapper”, it taps."
