"""The candidates for an ``@`` mention, and the scope that results from choosing one."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from assistant.chat.widgets.markup import short_authors
from assistant.library import Catalogue, Scope
from assistant.library.annotations import KINDS, LabelKind
from assistant.library.browse import BrowseQuery, find_page
from assistant.text.folding import folded

_PAPERS = 6
_LABELS = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A paper, a collection or a tag to choose.

    Attributes:
        kind: what it is.
        id: the id of the paper, or the name.
        name: the title or the name.
        facts: further details that identify it.
    """

    kind: Literal["paper"] | LabelKind
    id: str
    name: str
    facts: str


def find_candidates(catalogue: Catalogue, query: str, owner: str) -> list[Candidate]:
    """Return the collections, tags and papers that match the letters after ``@``, best first.

    Args:
        catalogue: the library's catalogue.
        query: part of a name, or words of a paper; an empty query matches everything.
        owner: whose collections and tags to search.
    """
    papers = find_page(catalogue, BrowseQuery(query), page=1, size=_PAPERS).papers
    return [
        *_labels(catalogue, query, owner),
        *(
            Candidate(
                "paper",
                paper.id,
                paper.title,
                " · ".join(filter(None, [short_authors(paper), str(paper.year or "")])),
            )
            for paper in papers
        ),
    ]


def scope_with(scope: Scope, kind: str, id_: str, owner: str) -> Scope:
    """Return a scope with a newly chosen candidate added.

    A paper extends a scope of papers, a collection one of collections, a tag one of tags; any other
    scope is replaced.
    """
    if kind == "paper":
        before = scope.papers if scope == Scope(papers=scope.papers) else ()
        return Scope(papers=tuple(dict.fromkeys([*before, id_])))
    of_kind = Scope(owner=owner)
    if kind == "collection":
        of_kind = replace(of_kind, collections=scope.collections)
        before = scope.collections if scope == of_kind else ()
        return replace(of_kind, collections=tuple(dict.fromkeys([*before, id_])))
    of_kind = replace(of_kind, tags=scope.tags)
    before = scope.tags if scope == of_kind else ()
    return replace(of_kind, tags=tuple(dict.fromkeys([*before, id_])))


def _labels(catalogue: Catalogue, query: str, owner: str) -> Iterator[Candidate]:
    wanted = folded(query.strip())
    for kind in reversed(KINDS):
        counts = catalogue.annotations.names(owner, kind)
        matching = [name for name in counts if wanted in folded(name)]
        for name in matching[:_LABELS]:
            count = counts[name]
            facts = f"{kind}, {count:,} {'paper' if count == 1 else 'papers'}"
            yield Candidate(kind, name, name, facts)
