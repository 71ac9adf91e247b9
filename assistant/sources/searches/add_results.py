"""Adding the results of a search to a library, page by page: a cut costs one page."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from assistant.errors import NetworkError
from assistant.library import FileReport, Library, PaperProgress, SkippedRecords
from assistant.papers import Paper
from assistant.sources.searches.checkpoint import Unfinished
from assistant.sources.searches.result_page import Page
from assistant.sources.searches.search import Search, result_pages

OnPaperProgress = Callable[[PaperProgress], None]


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """How many results of a search are fetched, of how many that are wanted."""

    search: Search
    fetched: int
    wanted: int


OnSearchProgress = Callable[[SearchProgress], None]


@dataclass(frozen=True, slots=True)
class SearchReport:
    """What adding the results of a search did.

    Attributes:
        search: that was asked.
        found: how many results the source has in all; None if it does not say.
        report: what became of the results, like that of a file.
        new: the papers that the library did not have.
    """

    search: Search
    found: int | None
    report: FileReport
    new: tuple[Paper, ...]


class SearchCutError(NetworkError):
    """A search that was cut after some of its results were added.

    Attributes:
        report: what became of those that this start has added, like that of a file.
    """

    def __init__(self, message: str, report: FileReport) -> None:
        super().__init__(message)
        self.report = report


def add_search(
    library: Library,
    search: Search,
    *,
    newest_first: bool = False,
    on_progress: OnPaperProgress | None = None,
    on_search: OnSearchProgress | None = None,
) -> SearchReport:
    """Add the results of a search.

    A search that was cut goes on where it was, if that is no longer than a day ago.

    Args:
        library: to add to.
        search: what is looked for.
        newest_first: ask for the latest results first, and no further than to where the library
            has all of them: what a search that is run again and again needs.
        on_progress: told how the indexing goes.
        on_search: told how the search goes.

    Raises:
        NetworkError: the source is out of reach; a `SearchCutError` if results were added before.
        InputError: it does not understand the query.
        LibraryError: the disk is full or not writable.
    """
    known = {paper.id for paper in library.catalogue.papers()}
    unfinished = Unfinished(library.folder, search, newest_first=newest_first)
    added_before = unfinished.results_added()
    done = 0 if newest_first else added_before
    found: int | None = None
    reports: list[FileReport] = []
    try:
        for page in result_pages(search, done, newest_first=newest_first):
            done += page.count
            found = page.found
            if on_search:
                on_search(SearchProgress(search, done, _wanted(search, page, done)))
            report = library.add(page.records, on_progress)
            reports += report.files
            unfinished.note(max(done, added_before))
            # What a run before added ahead of its cut says nothing about the results after.
            if newest_first and report.added == 0 and done > added_before:
                break
    except NetworkError as error:
        if not done:
            raise
        raise SearchCutError(
            f"{error} The first {done} results were added: run the command again within a day to "
            "go on from there.",
            _as_one(search.source.name, reports),
        ) from error
    unfinished.forget()
    new = [paper for paper in library.catalogue.papers() if paper.id not in known]
    return SearchReport(search, found, _as_one(search.source.name, reports), tuple(new))


def _wanted(search: Search, page: Page, done: int) -> int:
    return min(search.limit, done if page.found is None else page.found)


def _as_one(name: str, reports: Iterable[FileReport]) -> FileReport:
    """Return the reports of all pages as that of one file."""
    sums = Counter[str]()
    skipped: dict[str, SkippedRecords] = {}
    for report in reports:
        sums.update(added=report.added, updated=report.updated, unchanged=report.unchanged)
        for records in report.skipped:
            before = skipped.get(records.reason)
            count = records.count + (before.count if before else 0)
            skipped[records.reason] = replace(before or records, count=count)
    return FileReport(name, **sums, skipped=tuple(skipped.values()))
