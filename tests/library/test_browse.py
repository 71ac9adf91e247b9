"""Listings: a page of the papers, searched while somebody types."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.library import Library, Scope
from assistant.library.browse import (
    ORDERS,
    Listing,
    count_by_source,
    count_by_year,
    list_papers,
    listed_ids,
)
from assistant.papers import Paper


def _titles(library: Library, listing: Listing) -> list[str]:
    listed = list_papers(library.catalogue, listing, page=1, size=50)
    return [paper.title.split()[0] for paper in listed.papers]


def test_without_a_search_all_papers_are_listed_the_latest_added_first(
    small_library: Library,
) -> None:
    assert _titles(small_library, Listing()) == ["A", "Silent", "Bread", "Teaching", "Glacier"]


@pytest.mark.parametrize(
    "typed", ["parrots", "par", "PARR", "count walnuts", "walnuts cou", "parr "]
)
def test_a_search_finds_whole_words_and_the_beginning_of_the_last(
    small_library: Library, typed: str
) -> None:
    assert _titles(small_library, Listing(typed)) == ["Teaching"]


@pytest.mark.parametrize("letters", range(2, len("satellites") + 1))
def test_a_word_is_found_at_each_letter_of_it_that_is_typed(
    small_library: Library, letters: int
) -> None:
    # The index holds the stem, "satellit": what is typed is longer than it at the end.
    assert "Glacier" in _titles(small_library, Listing("satellites"[:letters]))
    assert "Glacier" in _titles(small_library, Listing(f"cameras {'satellites'[:letters]}"))


def test_the_better_match_comes_first(small_library: Library) -> None:
    small_library.add([Paper(title="On Birds", abstract="Some of them are parrots, others not.")])
    assert _titles(small_library, Listing("parrots")) == ["Teaching", "On"]


def test_papers_are_sorted_and_those_of_unknown_year_come_last(small_library: Library) -> None:
    assert _titles(small_library, Listing(order="newest"))[:3] == ["Bread", "Glacier", "Teaching"]
    assert _titles(small_library, Listing(order="oldest"))[:3] == ["Teaching", "Glacier", "Bread"]
    assert _titles(small_library, Listing(order="title")) == sorted(
        _titles(small_library, Listing())
    )


def test_a_scope_narrows_the_search(small_library: Library) -> None:
    scope = Scope(years=(2019, 2021))
    assert _titles(small_library, Listing(scope=scope)) == ["Teaching", "Glacier"]
    assert _titles(small_library, Listing("method", scope)) == ["Glacier"]
    assert _titles(small_library, Listing("dough", scope)) == []


def test_pages_follow_each_other_and_the_last_is_not_passed(small_library: Library) -> None:
    pages = [
        list_papers(small_library.catalogue, Listing(), page=page, size=2) for page in (1, 2, 3, 9)
    ]
    assert [len(page.papers) for page in pages] == [2, 2, 1, 1]
    assert [page.first for page in pages] == [1, 3, 5, 5]
    assert {page.total for page in pages} == {5}
    shown = [paper.id for page in pages[:3] for paper in page.papers]
    assert shown == listed_ids(small_library.catalogue, Listing())


def test_nothing_found_is_an_empty_page(small_library: Library) -> None:
    listed = list_papers(small_library.catalogue, Listing("zebra"), page=3, size=2)
    assert (listed.papers, listed.first, listed.total) == ((), 0, 0)


def test_years_and_sources_are_counted(small_library: Library, made_up_papers: list[Paper]) -> None:
    small_library.add([replace(made_up_papers[0], title="Another", source="notes.txt", url=None)])
    assert count_by_year(small_library.catalogue) == {2023: 1, 2021: 2, 2019: 1}
    assert count_by_source(small_library.catalogue) == {"": 5, "notes.txt": 1}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30), order=st.sampled_from(ORDERS), page=st.integers(-3, 9))
def test_whatever_is_typed_lists_some_of_the_papers(
    small_library: Library, typed: str, order: str, page: int
) -> None:
    listing = Listing(typed, order=order)  # type: ignore[arg-type]
    listed = list_papers(small_library.catalogue, listing, page=page, size=3)
    assert len(listed.papers) <= 3
    assert listed.total == len(listed_ids(small_library.catalogue, listing)) <= 5
