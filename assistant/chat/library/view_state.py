"""The state of one visitor's library tab."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from assistant.chat.library.annotations.filter import with_filter, without_missing_choices
from assistant.chat.library.papers_table import PAGE_SIZE
from assistant.chat.library.results.results_query import ResultsQuery
from assistant.library import Catalogue, Scope
from assistant.library.browse import BrowseQuery, PaperPage, find_ids, find_page


@dataclass(frozen=True, slots=True)
class LibraryViewState:
    """What a visitor sees and has selected in the library.

    Attributes:
        listing: the search, filters and order.
        page: the page of the table, from 1.
        selected: the ids of the selected papers.
        results: the state of the results table.
        revision: counts the changes of the selection that the browser does not know about.
        owner: whose annotations are shown: the visitor's account, empty without accounts.
    """

    listing: BrowseQuery = field(default_factory=BrowseQuery)
    page: int = 1
    selected: frozenset[str] = frozenset()
    results: ResultsQuery = field(default_factory=ResultsQuery)
    revision: int = 0
    owner: str = ""

    def with_listing(self, listing: BrowseQuery) -> "LibraryViewState":
        """Return the state with another listing, on its first page."""
        return replace(self, listing=listing, page=1)

    def of(self, account: str | None) -> "LibraryViewState":
        """Return the state with the annotations of the account that an event comes from.

        The account that the page was loaded by may be another one, or unknown. A filter by the
        annotations of another account is removed.
        """
        owner, scope = account or "", self.listing.scope
        if scope.owner not in ("", owner):
            scope = with_filter(scope, (), owner)
        return replace(self, owner=owner, listing=replace(self.listing, scope=scope))

    def without_missing_filters(
        self, years: Collection[int], sources: Collection[str]
    ) -> "LibraryViewState":
        """Return the state with only the filters that papers still have.

        Args:
            years: the years that papers have.
            sources: the sources that papers have.
        """
        before = self.listing.scope
        scope = replace(
            before,
            years=tuple(year for year in before.years if year in years),
            sources=tuple(source for source in before.sources if source in sources),
        )
        return replace(self, listing=replace(self.listing, scope=scope))

    def without_missing_choices(self, choices: Collection[tuple[str, str]]) -> "LibraryViewState":
        """Return the state with only those choices of the annotation filter that still exist."""
        scope = without_missing_choices(self.listing.scope, choices)
        return replace(self, listing=replace(self.listing, scope=scope))

    def with_ticks(self, ids: Iterable[str], *, selected: bool) -> "LibraryViewState":
        """Return the state after the visitor ticked or unticked papers in the browser."""
        ids = frozenset(ids)
        return replace(self, selected=self.selected | ids if selected else self.selected - ids)

    def with_selection(self, ids: Iterable[str]) -> "LibraryViewState":
        """Return the state with exactly these papers selected."""
        return replace(self, selected=frozenset(ids), revision=self.revision + 1)

    def listed(self, catalogue: Catalogue) -> PaperPage:
        """Return the papers of the current page."""
        return find_page(catalogue, self.listing, page=self.page, size=PAGE_SIZE)

    def chosen_ids(self, catalogue: Catalogue) -> list[str]:
        """Return the ids of the selected papers, else of all listed ones."""
        return sorted(self.selected) or find_ids(catalogue, self.listing)

    def scope(self, catalogue: Catalogue) -> Scope:
        """Return the scope of a question: the selected papers, else all listed ones."""
        if self.selected:
            return Scope(papers=tuple(sorted(self.selected)))
        if self.listing.search.strip():
            return Scope(papers=tuple(find_ids(catalogue, self.listing)))
        return self.listing.scope
