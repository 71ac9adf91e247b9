"""Searches of Hugging Face Papers."""

import json

import pytest
from replayed import Replayed, Reply

from assistant.errors import NetworkError
from assistant.papers import Paper
from assistant.sources import hugging_face_papers

SNAILS = {
    "paper": {
        "id": "2401.00001",
        "title": "Snail Mail\nat Scale",
        "summary": "Snails carry letters\nat 2 metres an hour.",
        "authors": [{"name": "Ann Slow"}, {"name": "Ben Shell", "hidden": False}],
        "publishedAt": "2024-01-03T10:00:00.000Z",
        "upvotes": 7,
    },
    "title": "Snail Mail\nat Scale",
    "summary": "Snails carry letters\nat 2 metres an hour.",
    "numComments": 1,
}


def test_results_are_papers(replayed: Replayed) -> None:
    replayed.replies = [Reply(json.dumps([SNAILS]))]
    page = hugging_face_papers.search("snail mail", 50)
    assert page.records == (
        Paper(
            title="Snail Mail at Scale",
            abstract="Snails carry letters at 2 metres an hour.",
            authors=("Ann Slow", "Ben Shell"),
            year=2024,
            arxiv_id="2401.00001",
            source="Hugging Face Papers",
            type="preprint",
            published="2024-01-03",
        ),
    )
    (request,) = replayed.requests
    assert request.path == "/api/papers/search"
    assert request.parameters == {"q": "snail mail", "limit": "50"}


def test_limit_is_at_most_that_of_the_hub(replayed: Replayed) -> None:
    replayed.replies = [Reply("[]")]
    assert hugging_face_papers.search("snails", 500).count == 0
    assert replayed.requests[0].parameters["limit"] == "120"


def test_excess_results_are_dropped(replayed: Replayed) -> None:
    replayed.replies = [Reply(json.dumps([SNAILS, SNAILS, SNAILS]))]
    page = hugging_face_papers.search("snails", 2)
    assert (page.count, len(page.records)) == (2, 2)


@pytest.mark.parametrize("body", ["", "null", "7", '[{"paper":', "<html>Log in</html>"])
def test_malformed_response_raises(replayed: Replayed, body: str) -> None:
    replayed.replies = [Reply(body)]
    with pytest.raises(
        NetworkError, match="request to Hugging Face Papers failed: its response is"
    ):
        hugging_face_papers.search("snails", 10)
