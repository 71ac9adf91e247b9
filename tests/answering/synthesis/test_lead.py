"""The lead of a synthesis: kept only if it passes its checks."""

import pytest

from assistant.answering.grounding.grounder import Grounder
from assistant.answering.synthesis.lead import check_lead, summarise_groups
from assistant.library import Embedder
from assistant.papers import Paper
from assistant.retrieval import Evidence
from assistant.text.sentences import sentence_spans

_QUESTION = "Does practice help?"


@pytest.fixture
def evidence(made_up_papers: list[Paper]) -> list[Evidence]:
    return [
        Evidence(paper, span, 1.0)
        for paper in made_up_papers[:2]
        for span in sentence_spans(paper.abstract)
    ]


def test_sentence_about_several_papers_is_cited_in_the_numbering_of_the_answer(
    embedder: Embedder, evidence: list[Evidence]
) -> None:
    grounder = Grounder(_QUESTION, (), embedder)
    grounder.cite(evidence[0])
    text = (
        "Six parrots learn to count walnuts up to eight, and cameras follow 14 glaciers in Norway."
    )
    (lead,) = check_lead(text, _QUESTION, evidence, grounder)
    assert lead.text == text
    cited = {grounder.citations[number - 1].evidence.paper.title for number in lead.citations}
    assert cited == {"Teaching Parrots to Count", "Glacier Melt Seen from Balloons"}


@pytest.mark.parametrize(
    "text",
    [
        "Seventeen parrots learn to count walnuts up to 12.",
        "Parrots learn to count, as the BirdBrain model shows.",
        "Six parrots learn to count walnuts up to",
        "Parrots count. Cameras follow glaciers.",
        "Six parrots learn to count walnuts up to eight.",
        "",
    ],
)
def test_sentence_that_fails_a_check_is_left_out_and_cites_nothing(
    embedder: Embedder, evidence: list[Evidence], text: str
) -> None:
    grounder = Grounder(_QUESTION, (), embedder)
    assert check_lead(text, _QUESTION, evidence, grounder) == []
    assert grounder.citations == []


@pytest.mark.parametrize(
    ("groups", "papers", "further", "text"),
    [
        (1, 1, 0, "One paper addresses this."),
        (1, 2, 3, "2 papers address this (3 more below)."),
        (2, 5, 0, "5 papers address this, in 2 groups."),
    ],
)
def test_composed_sentence_counts_the_papers_and_the_groups(
    groups: int, papers: int, further: int, text: str
) -> None:
    assert summarise_groups(groups, papers, further).text == text
