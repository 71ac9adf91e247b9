"""arXiv: papers by their ids, and the pages of a search."""

import pytest
from atom import error_feed, feed, snail_id
from replayed import Replayed, Reply

from assistant.errors import InputError, NetworkError
from assistant.papers import Paper
from assistant.sources import arxiv

CUT = str(feed([1, 2]).body)[:-20]


def test_papers_come_by_their_ids_in_one_request(replayed: Replayed) -> None:
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
    )
    assert isinstance(second, Paper)
    (request,) = replayed.requests
    assert request.path == "/query"
    assert request.parameters == {"id_list": "2401.00001,2401.00002", "max_results": "2"}


def test_many_papers_are_asked_for_some_at_a_time(replayed: Replayed) -> None:
    replayed.replies = [feed(range(100)), feed(range(100, 130))]
    assert len(arxiv.papers([snail_id(number) for number in range(130)])) == 130
    assert [request.parameters["max_results"] for request in replayed.requests] == ["100", "30"]


def test_a_paper_that_is_not_there_is_left_out(replayed: Replayed) -> None:
    replayed.replies = [feed([])]
    assert arxiv.papers(["2401.99999"]) == ()


def test_a_search_asks_for_a_page(replayed: Replayed) -> None:
    replayed.replies = [feed([7, 8], found=500)]
    page = arxiv.search("cat:cs.CL AND snail mail", 200, 300)
    assert (page.count, len(page.records), page.found) == (2, 2, 500)
    assert replayed.requests[0].parameters == {
        "search_query": "cat:cs.CL AND all:snail AND all:mail",
        "start": "200",
        "max_results": "100",
        "sortBy": "relevance",
        "sortOrder": "descending",
    }


def test_the_newest_can_come_first(replayed: Replayed) -> None:
    replayed.replies = [feed([])]
    arxiv.search("snails", 0, 10, newest_first=True)
    assert replayed.requests[0].parameters["sortBy"] == "submittedDate"


@pytest.mark.parametrize(
    "fault",
    [
        Reply(CUT),
        Reply("<html>Too many requests</html>"),
        Reply(""),
        Reply(str(feed([1, 2]).body).replace("<author>", "<author")),
        feed([], found=500),  # a page of a long result that got lost
    ],
    ids=["cut", "a page", "nothing", "garbled", "a lost page"],
)
def test_a_page_that_is_not_whole_is_asked_for_again(replayed: Replayed, fault: Reply) -> None:
    replayed.replies = [fault, feed([1, 2], found=500)]
    assert len(arxiv.search("snails", 0, 2).records) == 2


def test_in_the_end_a_page_that_is_never_whole_is_told(replayed: Replayed) -> None:
    replayed.replies = [Reply(CUT)]
    with pytest.raises(NetworkError, match="its answer is cut"):
        arxiv.search("snails", 0, 2)


def test_what_arxiv_says_of_a_wrong_question_is_told(replayed: Replayed) -> None:
    replayed.replies = [error_feed("incorrect id format for 7 & more")]
    with pytest.raises(InputError, match=r"arXiv does not.*incorrect id format for 7 & more"):
        arxiv.papers(["7"])


def test_an_entry_without_an_abstract_is_skipped_with_the_reason(replayed: Replayed) -> None:
    body = str(feed([1, 2]).body).replace(
        "Snail 2 carries letters\n  at 2 &lt; 9999 metres an hour.", ""
    )
    replayed.replies = [Reply(body)]
    paper, skipped = arxiv.search("snails", 0, 2).records
    assert isinstance(paper, Paper)
    assert "no abstract" in str(skipped)
