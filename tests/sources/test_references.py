"""Paper references, and the services that they are requested from."""

import json

import pytest
from atom import feed, snail_id, snail_title
from replayed import Replayed, Reply

from assistant.errors import InputError
from assistant.sources import fetch, is_reference

TRAMS = {
    "message": {
        "DOI": "10.5555/trams.7",
        "title": ["Silent Trams"],
        "abstract": "They are quiet.",
    }
}


@pytest.mark.parametrize(
    "text",
    [
        "arxiv:2401.00001",
        "arXiv:2401.00001v3",
        "https://arxiv.org/abs/2401.00001",
        "http://www.arxiv.org/pdf/2401.00001v2",
        "https://huggingface.co/papers/2401.00001",
        "doi:10.48550/arXiv.2401.00001",
        "https://doi.org/10.48550/arXiv.2401.00001",
    ],
)
def test_all_references_to_arxiv_papers_are_requested_from_arxiv(
    replayed: Replayed, text: str
) -> None:
    replayed.replies = [feed([1])]
    assert is_reference(text)
    (paper,) = fetch([text])
    assert paper.id == "arxiv:2401.00001"
    assert replayed.requests[0].parameters["id_list"] == "2401.00001"


@pytest.mark.parametrize("text", ["doi:10.5555/trams.7", "https://doi.org/10.5555/trams.7"])
def test_other_dois_are_requested_from_crossref(replayed: Replayed, text: str) -> None:
    replayed.by_path = {"/works": Reply(json.dumps(TRAMS))}
    assert is_reference(text)
    (paper,) = fetch([text])
    assert paper.id == "doi:10.5555/trams.7"


def test_papers_are_returned_in_the_order_of_the_references(replayed: Replayed) -> None:
    replayed.by_path = {"/works": Reply(json.dumps(TRAMS)), "/query": feed([2, 1])}
    papers = fetch([f"arxiv:{snail_id(1)}", "doi:10.5555/trams.7", f"arxiv:{snail_id(2)}"])
    assert [paper.title for paper in papers] == [snail_title(1), "Silent Trams", snail_title(2)]
    assert len(replayed.requests) == 2


@pytest.mark.parametrize("text", ["papers.bib", "-", "arxiv.bib", "notes/doi", "/tmp/arxiv", "C:"])
def test_file_is_not_a_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize("text", ["arxiv:", "arxiv:snails", "doi:11.5/x", "https://arxiv.org/list"])
def test_malformed_reference_raises(replayed: Replayed, text: str) -> None:
    with pytest.raises(InputError, match=r"Write arxiv:2412\.15115"):
        fetch([text])
    assert replayed.requests == []


def test_unknown_arxiv_paper_raises(replayed: Replayed) -> None:
    replayed.replies = [feed([1])]
    with pytest.raises(InputError, match=r"arXiv has no paper 2401\.99999"):
        fetch([f"arxiv:{snail_id(1)}", "arxiv:2401.99999"])
