"""Abstracts of papers that have none, looked up by their ids."""

import json
from collections.abc import Sequence

from atom import feed, snail_id
from replayed import Replayed, Reply

from assistant.papers import Paper
from assistant.sources.complete import NO_ABSTRACT, NO_ID, Completion, look_up

DOI = "10.5555/snail.7"
BARE = Paper(title="Snail Mail Revisited", abstract="", authors=("Ann Slow",), year=2021, doi=DOI)
CROSSREF = {
    "message": {
        "DOI": DOI,
        "title": ["Snail Mail Revisited"],
        "author": [{"given": "Ann", "family": "Slow"}],
        "issued": {"date-parts": [[2021]]},
    }
}
EUROPE_PMC = {
    "resultList": {
        "result": [
            {
                "source": "MED",
                "pmid": "77",
                "doi": DOI,
                "title": "Snail mail revisited.",
                "authorString": "Slow A.",
                "pubYear": "2021",
                "abstractText": "Letters come late.",
            }
        ]
    }
}


def with_abstract(title: str = "Snail Mail Revisited") -> Reply:
    message = CROSSREF["message"] | {"title": [title], "abstract": "Snails carry letters."}
    return Reply(json.dumps({"message": message}))


def outcome_of(paper: Paper) -> Completion:
    [outcome] = look_up([paper])
    return outcome


def sources(outcomes: Sequence[Completion]) -> list[str]:
    return [outcome.record.source if outcome.record else "" for outcome in outcomes]


def test_first_service_with_the_abstract_completes_a_paper(replayed: Replayed) -> None:
    replayed.by_path = {
        "/works/10.5555": Reply(json.dumps(CROSSREF)),
        "/search": Reply(json.dumps(EUROPE_PMC)),
    }
    outcome = outcome_of(BARE)
    assert outcome.record is not None
    assert (outcome.record.abstract, outcome.record.source) == ("Letters come late.", "Europe PMC")
    assert [request.path for request in replayed.requests] == [
        f"/works/{DOI}",
        f"/works/doi:{DOI}",
        "/search",
    ]
    assert replayed.requests[-1].parameters["query"] == f'DOI:"{DOI}"'


def test_paper_is_looked_up_by_its_pubmed_id(replayed: Replayed) -> None:
    replayed.by_path = {"/search": Reply(json.dumps(EUROPE_PMC))}
    paper = Paper(title="Snail mail revisited", abstract="", ids=(("pmid", "77"),))
    assert sources([outcome_of(paper)]) == ["Europe PMC"]
    assert replayed.requests[-1].parameters["query"] == 'EXT_ID:"77" AND SRC:MED'


def test_papers_of_arxiv_are_requested_together(replayed: Replayed) -> None:
    replayed.by_path = {"/query": feed([1, 2])}
    papers = [
        Paper(title=f"Snail Mail, Volume {number}", abstract="", arxiv_id=snail_id(number))
        for number in (1, 2)
    ]
    outcomes = list(look_up(papers))
    assert sources(outcomes) == ["arXiv", "arXiv"], [one.reason for one in outcomes]
    assert len(replayed.requests) == 1


def test_record_of_another_paper_is_not_used(replayed: Replayed) -> None:
    replayed.by_path = {"/works/10.5555": with_abstract("Bread Dough as a Neural Network")}
    outcome = outcome_of(BARE)
    assert outcome.record is None
    assert outcome.reason == (
        "Crossref has another paper with its doi: Bread Dough as a Neural Network"
    )


def test_paper_without_an_id_is_not_looked_up(replayed: Replayed) -> None:
    assert outcome_of(Paper(title="Snails", abstract="")).reason == NO_ID
    assert replayed.requests == []


def test_paper_that_no_service_has_is_left(replayed: Replayed) -> None:
    assert outcome_of(BARE).reason == NO_ABSTRACT


def test_unreachable_service_is_asked_once_and_named(replayed: Replayed) -> None:
    replayed.by_path = {"/works/doi:": Reply(status=403)}
    outcomes = list(look_up([BARE, BARE]))
    assert [outcome.reason for outcome in outcomes] == ["OpenAlex cannot be reached; try again"] * 2
    paths = [request.path for request in replayed.requests]
    assert paths.count(f"/works/doi:{DOI}") == 1
