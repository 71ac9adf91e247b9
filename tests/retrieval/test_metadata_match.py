"""Papers whose metadata a search names."""

import pytest

from assistant.library import Library, Scope
from assistant.papers import Paper
from assistant.retrieval import put_named_papers_first, retrieve
from assistant.settings import Settings

SMITH = Paper(
    title="The Smith Method for Counting",
    abstract="A method to count snow grains by their shadows.",
    authors=("Ed Hail",),
    year=2020,
    venue="Journal of Snow",
)


def _first(library: Library, text: str, scope: Scope | None = None) -> str:
    scope = scope or Scope()
    found = retrieve(library, text, Settings(), scope)
    return put_named_papers_first(library, text, found, 3, scope).papers[0].paper.title


@pytest.mark.parametrize("text", ["Ed Hail", "hail", "Hail, Ed (2020)", "journal of snow"])
def test_paper_with_the_named_author_or_venue_is_first(small_library: Library, text: str) -> None:
    small_library.add([SMITH])
    assert _first(small_library, text) == SMITH.title


def test_other_words_leave_the_ranking_as_it_is(small_library: Library) -> None:
    small_library.add([SMITH])
    text = "glaciers in Norway 2020"
    found = retrieve(small_library, text, Settings())
    assert put_named_papers_first(small_library, text, found, 3) == found


def test_only_papers_of_the_scope_are_put_first(small_library: Library) -> None:
    small_library.add([SMITH])
    assert _first(small_library, "Ed Hail", Scope(years=(2021,))) != SMITH.title


def test_paper_without_abstract_is_found_and_no_evidence(small_library: Library) -> None:
    bare = Paper(title="Umbrellas for Penguins", abstract="", authors=("Flo Sleet",))
    small_library.add([bare])
    found = retrieve(small_library, "umbrellas penguins", Settings())
    assert found.papers[0].paper == bare
    assert all(one.paper != bare for one in found.evidence)
    assert _first(small_library, "Flo Sleet") == bare.title
