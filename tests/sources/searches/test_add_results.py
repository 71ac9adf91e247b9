"""Adding the results of a search page by page, and resuming it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from atom import feed, snail_id
from replayed import Replayed, Reply

from assistant.errors import NetworkError
from assistant.library import Embedder, FileReport, Library
from assistant.sources import (
    ARXIV,
    HUGGING_FACE,
    Search,
    SearchInterruptedError,
    SearchProgress,
    add_search,
    arxiv,
)

DOWN = Reply(status=503)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten results per page, so that few papers have to be embedded."""
    monkeypatch.setattr(arxiv, "PAGE_RESULTS", 10)


@pytest.fixture
def library(embedder: Embedder, tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path / "library", embedder)
    yield library
    library.close()


def requested_starts(replayed: Replayed) -> list[str]:
    return [request.parameters["start"] for request in replayed.requests]


def test_pages_up_to_the_limit_are_added(library: Library, replayed: Replayed) -> None:
    replayed.replies = [feed(range(10), 100), feed(range(10, 12), 100)]
    progress: list[SearchProgress] = []
    search = Search(ARXIV, "snails", 12)
    report = add_search(library, search, on_search=progress.append)
    assert report.report == FileReport("arXiv", added=12)
    assert report.found == 100
    assert len(report.new) == library.catalogue.count() == 12
    assert [(one.fetched, one.wanted) for one in progress] == [(10, 12), (12, 12)]
    assert [request.parameters["max_results"] for request in replayed.requests] == ["10", "2"]


def test_search_ends_with_the_last_page(library: Library, replayed: Replayed) -> None:
    replayed.replies = [feed(range(3), 3)]
    assert add_search(library, Search(ARXIV, "snails", 50)).report.added == 3
    assert requested_starts(replayed) == ["0"]


def test_search_without_results_adds_nothing(library: Library, replayed: Replayed) -> None:
    replayed.replies = [feed([])]
    assert add_search(library, Search(ARXIV, "snails", 50)).report == FileReport("arXiv")


def test_hugging_face_search_is_one_page(library: Library, replayed: Replayed) -> None:
    papers = [{"id": snail_id(n), "title": f"Snails {n}", "summary": f"Slow {n}."} for n in (1, 2)]
    replayed.replies = [Reply(json.dumps(papers))]
    report = add_search(library, Search(HUGGING_FACE, "snails", 50))
    assert report.report == FileReport("Hugging Face Papers", added=2)
    assert len(replayed.requests) == 1


def test_papers_in_the_library_are_not_new(library: Library, replayed: Replayed) -> None:
    replayed.replies = [feed([1, 2]), feed([2, 3])]
    add_search(library, Search(ARXIV, "snails", 10))
    report = add_search(library, Search(ARXIV, "slow mail", 10))
    assert (report.report.added, report.report.unchanged) == (1, 1)
    assert [paper.arxiv_id for paper in report.new] == [snail_id(3)]


def test_skipped_results_are_counted_by_reason(library: Library, replayed: Replayed) -> None:
    untitled = {"id": snail_id(1), "title": "", "summary": "They are slow too."}
    whole = {"id": snail_id(2), "title": "Slugs", "summary": "They are slow."}
    replayed.replies = [Reply(json.dumps([untitled, whole, untitled]))]
    report = add_search(library, Search(HUGGING_FACE, "snails", 10)).report
    (skipped,) = report.skipped
    assert (report.added, skipped.count, skipped.reason) == (1, 2, "no title")


def test_papers_without_abstract_on_all_pages_are_counted(
    library: Library, replayed: Replayed
) -> None:
    pages = [feed(range(10), 20), feed(range(10, 20), 20)]
    replayed.replies = [
        Reply(re.sub(r"(?s)<summary>.*?</summary>", "<summary/>", str(page.body), count=1))
        for page in pages
    ]
    report = add_search(library, Search(ARXIV, "snails", 20)).report
    assert (report.added, report.without_abstract) == (20, 2)


def test_interrupted_search_is_resumed(library: Library, replayed: Replayed) -> None:
    search = Search(ARXIV, "snails", 30)
    replayed.replies = [feed(range(10), 30), DOWN]
    with pytest.raises(NetworkError, match=r"first 10 results were added.*resume the search"):
        add_search(library, search)
    assert library.catalogue.count() == 10

    replayed.requests.clear()
    replayed.replies = [feed(range(10, 20), 30), feed(range(20, 30), 30)]
    report = add_search(library, search)
    assert requested_starts(replayed) == ["10", "20"]
    assert (report.report.added, library.catalogue.count()) == (20, 30)

    replayed.requests.clear()
    replayed.replies = [feed(range(10), 10)]
    assert add_search(library, search).report.unchanged == 10
    assert requested_starts(replayed) == ["0"]


def test_search_by_date_stops_at_a_page_of_known_papers(
    library: Library, replayed: Replayed
) -> None:
    search = Search(ARXIV, "snails", 40)
    replayed.replies = [feed(range(start, start + 10), 40) for start in range(0, 40, 10)]
    add_search(library, search, newest_first=True)
    assert len(replayed.requests) == 4

    replayed.requests.clear()
    replayed.replies = [feed([90, *range(9)], 41), feed(range(9, 19), 41), DOWN]
    report = add_search(library, search, newest_first=True)
    assert [paper.arxiv_id for paper in report.new] == [snail_id(90)]
    assert requested_starts(replayed) == ["0", "10"]


def test_interrupted_search_by_date_is_completed(library: Library, replayed: Replayed) -> None:
    search = Search(ARXIV, "snails", 30)
    replayed.replies = [feed(range(10), 30), DOWN]
    with pytest.raises(NetworkError):
        add_search(library, search, newest_first=True)

    replayed.replies = [
        feed(range(10), 30),  # all known, but the next pages are not
        feed(range(10, 20), 30),
        feed(range(20, 30), 30),
    ]
    assert add_search(library, search, newest_first=True).report.added == 20


def test_search_in_another_order_is_not_resumed(library: Library, replayed: Replayed) -> None:
    search = Search(ARXIV, "snails", 20)
    replayed.replies = [feed(range(10), 20), DOWN]
    with pytest.raises(NetworkError):
        add_search(library, search, newest_first=True)

    replayed.requests.clear()
    replayed.replies = [feed(range(50, 60), 20), feed(range(10), 20)]
    report = add_search(library, search).report
    assert requested_starts(replayed) == ["0", "10"]
    assert (report.added, report.unchanged) == (10, 10)


def test_interruption_reports_what_this_run_added(library: Library, replayed: Replayed) -> None:
    search = Search(ARXIV, "snails", 30)
    replayed.replies = [feed(range(10), 30), DOWN]
    with pytest.raises(SearchInterruptedError) as interrupted:
        add_search(library, search)
    assert interrupted.value.report == FileReport("arXiv", added=10)

    replayed.replies = [DOWN]
    with pytest.raises(SearchInterruptedError) as interrupted:
        add_search(library, search)
    assert interrupted.value.report == FileReport("arXiv")
    assert str(interrupted.value.report) == "arXiv: no papers"


def test_failed_search_leaves_the_library_unchanged(
    small_library: Library, replayed: Replayed
) -> None:
    replayed.replies = [DOWN]
    with pytest.raises(NetworkError, match="can be added without a network"):
        add_search(small_library, Search(ARXIV, "snails", 10))
    assert small_library.catalogue.count() == 5
