"""Browsing: search as you type, filter, sort and paginate the papers."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.library import Library, Scope
from assistant.library.browse import (
    ORDERS,
    BrowseQuery,
    count_by_source,
    count_by_year,
    find_ids,
    find_page,
)
from assistant.papers import Paper


def _titles(library: Library, query: BrowseQuery) -> list[str]:
    result = find_page(library.catalogue, query, page=1, size=50)
    return [paper.title.split()[0] for paper in result.papers]


def test_empty_query_lists_all_papers_most_recently_added_first(
    small_library: Library,
) -> None:
    assert _titles(small_library, BrowseQuery()) == ["A", "Silent", "Bread", "Teaching", "Glacier"]


@pytest.mark.parametrize(
    "typed", ["parrots", "par", "PARR", "count walnuts", "walnuts cou", "parr "]
)
def test_search_finds_whole_words_and_prefix_of_last_word(
    small_library: Library, typed: str
) -> None:
    assert _titles(small_library, BrowseQuery(typed)) == ["Teaching"]


@pytest.mark.parametrize("letters", range(2, len("satellites") + 1))
def test_search_finds_word_at_every_prefix(small_library: Library, letters: int) -> None:
    # The index contains the stem "satellit", which is shorter than the longest prefixes.
    assert "Glacier" in _titles(small_library, BrowseQuery("satellites"[:letters]))
    assert "Glacier" in _titles(small_library, BrowseQuery(f"cameras {'satellites'[:letters]}"))


def test_better_match_is_first(small_library: Library) -> None:
    small_library.add([Paper(title="On Birds", abstract="Some of them are parrots, others not.")])
    assert _titles(small_library, BrowseQuery("parrots")) == ["Teaching", "On"]


@pytest.mark.parametrize("typed", ["Ed Hail", "hail", "ed ha", "frechet", "Journal of Sn", "1234"])
def test_search_finds_authors_venue_and_ids(small_library: Library, typed: str) -> None:
    hail = Paper(
        title="Zinc",
        abstract="",
        authors=("Ed Hail", "Jo Fréchet"),
        venue="Journal of Snow",
        ids=(("pmid", "1234"),),
    )
    small_library.add([hail])
    assert _titles(small_library, BrowseQuery(typed)) == ["Zinc"]


def test_search_words_may_be_in_text_and_metadata(small_library: Library) -> None:
    assert _titles(small_library, BrowseQuery("frost glac")) == ["Glacier"]
    assert _titles(small_library, BrowseQuery("glaciers frost 2021")) == ["Glacier"]


def test_papers_of_unknown_year_are_sorted_last(small_library: Library) -> None:
    assert _titles(small_library, BrowseQuery(order="newest"))[:3] == [
        "Bread",
        "Glacier",
        "Teaching",
    ]
    assert _titles(small_library, BrowseQuery(order="oldest"))[:3] == [
        "Teaching",
        "Glacier",
        "Bread",
    ]
    assert _titles(small_library, BrowseQuery(order="title")) == sorted(
        _titles(small_library, BrowseQuery())
    )


def test_scope_restricts_search(small_library: Library) -> None:
    scope = Scope(years=(2019, 2021))
    assert _titles(small_library, BrowseQuery(scope=scope)) == ["Teaching", "Glacier"]
    assert _titles(small_library, BrowseQuery("method", scope)) == ["Glacier"]
    assert _titles(small_library, BrowseQuery("dough", scope)) == []


def test_pages_are_consecutive_and_clamped_to_the_last(small_library: Library) -> None:
    pages = [
        find_page(small_library.catalogue, BrowseQuery(), page=page, size=2)
        for page in (1, 2, 3, 9)
    ]
    assert [len(page.papers) for page in pages] == [2, 2, 1, 1]
    assert [page.first for page in pages] == [1, 3, 5, 5]
    assert {page.total for page in pages} == {5}
    shown = [paper.id for page in pages[:3] for paper in page.papers]
    assert shown == find_ids(small_library.catalogue, BrowseQuery())


def test_search_without_matches_gives_empty_page(small_library: Library) -> None:
    result = find_page(small_library.catalogue, BrowseQuery("zebra"), page=3, size=2)
    assert (result.papers, result.first, result.total) == ((), 0, 0)


def test_papers_are_counted_by_year_and_source(
    small_library: Library, made_up_papers: list[Paper]
) -> None:
    small_library.add([replace(made_up_papers[0], title="Another", source="notes.txt", url=None)])
    assert count_by_year(small_library.catalogue) == {2023: 1, 2021: 2, 2019: 1}
    assert count_by_source(small_library.catalogue) == {"": 5, "notes.txt": 1}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30), order=st.sampled_from(ORDERS), page=st.integers(-3, 9))
def test_search_accepts_any_text_and_page_number(
    small_library: Library, typed: str, order: str, page: int
) -> None:
    query = BrowseQuery(typed, order=order)  # type: ignore[arg-type]
    result = find_page(small_library.catalogue, query, page=page, size=3)
    assert len(result.papers) <= 3
    assert result.total == len(find_ids(small_library.catalogue, query)) <= 5
