"""Papers by DOI, from the first service that has the abstract."""

import json

import pytest
from replayed import Replayed, Reply

from assistant.errors import InputError, NetworkError
from assistant.sources import doi

DOI = "10.5555/snail(mail).7"
CROSSREF = {
    "status": "ok",
    "message": {
        "DOI": DOI,
        "title": ["Snail Mail Revisited"],
        "author": [{"given": "Ann", "family": "Slow"}, {"name": "The Shell Group"}],
        "issued": {"date-parts": [[2021, 4]]},
        "URL": "https://doi.org/10.5555/snail(mail).7",
    },
}
ABSTRACT = "<jats:p>Snails carry letters at 2 metres an hour.</jats:p>"
WITH_ABSTRACT = {"message": CROSSREF["message"] | {"abstract": ABSTRACT}}  # type: ignore[operator]
OPENALEX = {
    "id": "https://openalex.org/W7",
    "doi": f"https://doi.org/{DOI}",
    "title": "Snail Mail Revisited",
    "publication_year": 2021,
    "abstract_inverted_index": {"Letters": [0], "come": [1], "late.": [2]},
}
SEMANTIC_SCHOLAR = {
    "paperId": "0a1b",
    "externalIds": {"DOI": DOI},
    "title": "Snail Mail Revisited",
    "abstract": "Letters come very late.",
    "year": 2021,
    "authors": [{"name": "Ann Slow"}],
}


def reply(answer: object) -> Reply:
    return Reply(json.dumps(answer))


def test_only_crossref_is_requested_if_it_has_the_abstract(replayed: Replayed) -> None:
    replayed.by_path = {"/works/10.5555": reply(WITH_ABSTRACT)}
    paper = doi.paper(DOI)
    assert paper.title == "Snail Mail Revisited"
    assert paper.abstract == "Snails carry letters at 2 metres an hour."
    assert paper.authors == ("Ann Slow", "The Shell Group")
    assert (paper.year, paper.id, paper.source) == (2021, f"doi:{DOI}", "Crossref")
    assert [request.path for request in replayed.requests] == [f"/works/{DOI}"]


def test_openalex_provides_an_abstract_missing_in_crossref(replayed: Replayed) -> None:
    replayed.by_path = {"/works/10.5555": reply(CROSSREF), "/works/doi:": reply(OPENALEX)}
    paper = doi.paper(DOI)
    assert (paper.abstract, paper.source) == ("Letters come late.", "OpenAlex")


@pytest.mark.parametrize("fault", [Reply(status=404), Reply(status=500), Reply("[]")])
def test_semantic_scholar_is_requested_last(replayed: Replayed, fault: Reply) -> None:
    replayed.by_path = {"/works": fault, "/graph": reply(SEMANTIC_SCHOLAR)}
    paper = doi.paper(DOI)
    assert (paper.abstract, paper.authors) == ("Letters come very late.", ("Ann Slow",))
    assert replayed.requests[-1].path == f"/graph/v1/paper/DOI:{DOI}"
    assert "abstract" in replayed.requests[-1].parameters["fields"]


def test_unknown_doi_raises(replayed: Replayed) -> None:
    with pytest.raises(InputError, match=r"has a paper with the DOI 10\.5555/.* Check the DOI"):
        doi.paper(DOI)


def test_missing_abstract_raises(replayed: Replayed) -> None:
    replayed.by_path = {"/works/10.5555": reply(CROSSREF)}
    with pytest.raises(InputError, match="Save the paper's page or PDF"):
        doi.paper(DOI)


def test_unreachable_service_raises_if_no_other_has_the_abstract(replayed: Replayed) -> None:
    replayed.by_path = {"/works/10.5555": reply(CROSSREF), "/works/doi:": Reply(status=503)}
    with pytest.raises(NetworkError, match=r"request to OpenAlex failed.*HTTP 503"):
        doi.paper(DOI)


@pytest.mark.parametrize("body", ["", "null", '"text"', "{", "<html></html>", "\x00\x01"])
def test_malformed_response_raises(replayed: Replayed, body: str) -> None:
    replayed.replies = [Reply(body)]
    with pytest.raises(NetworkError, match="request to Crossref failed: its response is"):
        doi.paper(DOI)
