"""What a visitor sees of the library, and what they have chosen there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace

from assistant.chat.library.papers_table import PAGE_SIZE
from assistant.library import Catalogue, Scope
from assistant.library.browse import ListedPapers, Listing, list_papers, listed_ids


@dataclass(frozen=True, slots=True)
class LibraryViewState:
    """A visitor's view of the library.

    Attributes:
        listing: which papers are shown.
        page: of the table, from 1.
        chosen: the ids of the papers that are ticked or ringed.
        drawn: counts the times that what is chosen changed otherwise than by the visitor's ticks.
    """

    listing: Listing = field(default_factory=Listing)
    page: int = 1
    chosen: frozenset[str] = frozenset()
    drawn: int = 0

    def at(self, listing: Listing) -> "LibraryViewState":
        """Return the view of another listing, from its first page."""
        return replace(self, listing=listing, page=1)

    def among(self, years: Collection[int], sources: Collection[str]) -> "LibraryViewState":
        """Return the view limited only to years and sources that there are: papers may be gone."""
        before = self.listing.scope
        scope = replace(
            before,
            years=tuple(year for year in before.years if year in years),
            sources=tuple(source for source in before.sources if source in sources),
        )
        return replace(self, listing=replace(self.listing, scope=scope))

    def ticked(self, ids: Iterable[str], *, chosen: bool) -> "LibraryViewState":
        """Return the view after the visitor has ticked or unticked some papers."""
        ids = frozenset(ids)
        return replace(self, chosen=self.chosen | ids if chosen else self.chosen - ids)

    def choosing(self, ids: Iterable[str]) -> "LibraryViewState":
        """Return the view with exactly these papers chosen."""
        return replace(self, chosen=frozenset(ids), drawn=self.drawn + 1)

    def listed(self, catalogue: Catalogue) -> ListedPapers:
        """Return the papers of the table's page."""
        return list_papers(catalogue, self.listing, page=self.page, size=PAGE_SIZE)

    def scope(self, catalogue: Catalogue) -> Scope:
        """Return what a question about this is limited to: the chosen papers, else those listed."""
        if self.chosen:
            return Scope(papers=tuple(sorted(self.chosen)))
        if self.listing.search.strip():
            return Scope(papers=tuple(listed_ids(catalogue, self.listing)))
        return self.listing.scope
