"""Adding the results of a search to a library page by page; interrupted searches are resumed."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import NetworkError
from assistant.library import FileReport, Library, PaperProgress, SkippedRecords
from assistant.papers import Paper
from assistant.sources.searches.checkpoint import SearchCheckpoint
from assistant.sources.searches.result_page import ResultPage
from assistant.sources.searches.search import Search, result_pages

OnPaperProgress = Callable[[PaperProgress], None]


@dataclass(frozen=True, slots=True)
class SearchProgress:
    """The progress of a search.

    Attributes:
        search: the search.
        fetched: number of results fetched so far.
        wanted: number of results to fetch.
    """

    search: Search
    fetched: int
    wanted: int


OnSearchProgress = Callable[[SearchProgress], None]


@dataclass(frozen=True, slots=True)
class SearchReport:
    """The outcome of a search.

    Attributes:
        search: the search.
        found: number of results of the search; None if the service does not report it.
        report: counts of results added, updated and skipped, like those of a file.
        new: the papers that the library did not have.
    """

    search: Search
    found: int | None
    report: FileReport
    new: tuple[Paper, ...]


class SearchInterruptedError(NetworkError):
    """A search was interrupted after some of its results were added.

    Attributes:
        report: counts of the results that this run processed, like those of a file.
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
    """Add the results of a search to a library.

    A search that was interrupted within the last day is resumed.

    Args:
        library: the library to add to.
        search: the search.
        newest_first: whether to request the latest results first, and stop at a page whose papers
            are all in the library already. For searches that are run repeatedly.
        on_progress: called with the progress of indexing.
        on_search: called with the progress of the search.

    Raises:
        NetworkError: the service is unreachable; `SearchInterruptedError` if results were added.
        InputError: the service rejects the query.
        LibraryError: the disk is full or not writable.
    """
    known = {paper.id for paper in library.catalogue.papers()}
    checkpoint = SearchCheckpoint(library.folder, search, newest_first=newest_first)
    added_before = checkpoint.results_added()
    done = 0 if newest_first else added_before
    found: int | None = None
    reports: list[FileReport] = []
    try:
        for page in result_pages(search, done, newest_first=newest_first):
            done += page.count
            found = page.total
            if on_search:
                on_search(SearchProgress(search, done, _wanted(search, page, done)))
            report = library.add(page.records, on_progress)
            reports += report.files
            checkpoint.save(max(done, added_before))
            # Results from before an interruption are already known; later ones may be new.
            if newest_first and report.added == 0 and done > added_before:
                break
    except NetworkError as error:
        if not done:
            raise
        raise SearchInterruptedError(
            f"{error} The first {done} results were added. Run the command again within a day to "
            "resume the search.",
            _combined(search.source.name, reports),
        ) from error
    checkpoint.clear()
    new = [paper for paper in library.catalogue.papers() if paper.id not in known]
    return SearchReport(search, found, _combined(search.source.name, reports), tuple(new))


def _wanted(search: Search, page: ResultPage, done: int) -> int:
    return min(search.limit, done if page.total is None else page.total)


def _combined(name: str, reports: Iterable[FileReport]) -> FileReport:
    """Combine the reports of all pages into one."""
    sums = Counter[str]()
    merged: list[str] = []
    kept_apart: list[str] = []
    skipped: dict[str, SkippedRecords] = {}
    for report in reports:
        sums.update(
            added=report.added,
            updated=report.updated,
            unchanged=report.unchanged,
            without_abstract=report.without_abstract,
        )
        merged += report.merged
        kept_apart += report.kept_apart
        for records in report.skipped:
            before = skipped.get(records.reason, SkippedRecords(records.reason, 0))
            skipped[records.reason] = SkippedRecords(
                records.reason, before.count + records.count, before.places + records.places
            )
    return FileReport(
        name,
        **sums,
        skipped=tuple(skipped.values()),
        merged=tuple(merged),
        kept_apart=tuple(kept_apart),
    )
