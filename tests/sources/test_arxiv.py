"""arXiv: papers by id, and pages of search results."""

import pytest
from atom import error_feed, feed, snail_id, snail_title
from replayed import Replayed, Reply

from assistant.errors import InputError, NetworkError
from assistant.papers import Paper, Skipped
from assistant.sources import arxiv

TRUNCATED = str(feed([1, 2]).body)[:-20]


def test_papers_are_requested_together_by_id(replayed: Replayed) -> None:
    replayed.replies = [feed([1, 2])]
    first, second = arxiv.papers([snail_id(1), snail_id(2)])
    assert first == Paper(
        title="Snail Mail, Part 1",
        abstract="Snail 1 carries letters at 1 < 9999 metres an hour.",
        authors=("Ann Slow", "Ben Shell"),
        year=2024,
        url="http://arxiv.org/abs/2401.00001v2",
        arxiv_id="2401.00001",
        source="arXiv",
        type="preprint",
        published="2024-01-03",
        keywords=("cs.CL",),
    )
    assert isinstance(second, Paper)
    (request,) = replayed.requests
    assert request.path == "/query"
    assert request.parameters == {"id_list": "2401.00001,2401.00002", "max_results": "2"}


def test_many_papers_are_requested_in_pages(replayed: Replayed) -> None:
    replayed.replies = [feed(range(100)), feed(range(100, 130))]
    assert len(arxiv.papers([snail_id(number) for number in range(130)])) == 130
    assert [request.parameters["max_results"] for request in replayed.requests] == ["100", "30"]


def test_unknown_paper_is_omitted(replayed: Replayed) -> None:
    replayed.replies = [feed([])]
    assert arxiv.papers(["2401.99999"]) == ()


def test_search_requests_one_page(replayed: Replayed) -> None:
    replayed.replies = [feed([7, 8], found=500)]
    page = arxiv.search("cat:cs.CL AND snail mail", 200, 300)
    assert (page.count, len(page.records), page.total) == (2, 2, 500)
    assert replayed.requests[0].parameters == {
        "search_query": "cat:cs.CL AND all:snail AND all:mail",
        "start": "200",
        "max_results": "100",
        "sortBy": "relevance",
        "sortOrder": "descending",
    }


def test_search_by_date(replayed: Replayed) -> None:
    replayed.replies = [feed([])]
    arxiv.search("snails", 0, 10, newest_first=True)
    assert replayed.requests[0].parameters["sortBy"] == "submittedDate"


@pytest.mark.parametrize(
    "fault",
    [
        Reply(TRUNCATED),
        Reply("<html>Too many requests</html>"),
        Reply(""),
        Reply(str(feed([1, 2]).body).replace("<author>", "<author")),
        feed([], found=500),  # arXiv omits pages of long results at times
    ],
    ids=["truncated", "HTML", "empty", "malformed", "omitted page"],
)
def test_incomplete_page_is_requested_again(replayed: Replayed, fault: Reply) -> None:
    replayed.replies = [fault, feed([1, 2], found=500)]
    assert len(arxiv.search("snails", 0, 2).records) == 2


def test_page_that_stays_incomplete_raises(replayed: Replayed) -> None:
    replayed.replies = [Reply(TRUNCATED)]
    with pytest.raises(NetworkError, match="its response is truncated"):
        arxiv.search("snails", 0, 2)


def test_error_of_arxiv_is_raised(replayed: Replayed) -> None:
    replayed.replies = [error_feed("incorrect id format for 7 & more")]
    with pytest.raises(InputError, match=r"arXiv rejects.*incorrect id format for 7 & more"):
        arxiv.papers(["7"])


def test_entry_without_a_title_is_skipped_with_the_reason(replayed: Replayed) -> None:
    replayed.replies = [Reply(str(feed([1, 2]).body).replace(snail_title(2), ""))]
    paper, skipped = arxiv.search("snails", 0, 2).records
    assert isinstance(paper, Paper)
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "no title"


def test_entry_without_an_abstract_is_kept(replayed: Replayed) -> None:
    body = str(feed([1, 2]).body).replace(
        "Snail 2 carries letters\n  at 2 &lt; 9999 metres an hour.", ""
    )
    replayed.replies = [Reply(body)]
    _, without_abstract = arxiv.search("snails", 0, 2).records
    assert isinstance(without_abstract, Paper)
    assert (without_abstract.title, without_abstract.abstract) == (snail_title(2), "")
