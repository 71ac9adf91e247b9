"""Saved searches in the library's folder."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import InputError, LibraryError
from assistant.sources import (
    ARXIV,
    HUGGING_FACE,
    SavedSearch,
    Search,
    get_saved_searches,
    record_run,
    remove_search,
    save_search,
    saved_searches,
)

SNAILS = Search(ARXIV, "cat:cs.CL AND snail mail", 100)


def test_search_is_named_by_the_words_of_its_query(tmp_path: Path) -> None:
    saved = save_search(tmp_path, SNAILS)
    assert saved == SavedSearch("cat-cs-cl-and-snail-mail", SNAILS)
    assert saved_searches(tmp_path) == (saved,)


def test_searches_are_listed_in_order_with_their_names(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    save_search(tmp_path, Search(HUGGING_FACE, "slugs", 20), "a slug")
    assert [one.name for one in saved_searches(tmp_path)] == ["snails", "a slug"]


def test_same_words_get_a_numbered_name(tmp_path: Path) -> None:
    save_search(tmp_path, Search(ARXIV, "snail mail", 100))
    saved = save_search(tmp_path, Search(ARXIV, "snail-mail", 100))
    assert saved.name == "snail-mail-2"


def test_duplicate_name_or_search_raises(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    with pytest.raises(InputError, match="--name"):
        save_search(tmp_path, Search(ARXIV, "slugs", 100), "snails")
    with pytest.raises(InputError, match="already saved as snails"):
        save_search(tmp_path, SNAILS, "more")
    assert len(saved_searches(tmp_path)) == 1


def test_removed_search_is_not_listed(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    remove_search(tmp_path, "snails")
    assert saved_searches(tmp_path) == ()


def test_error_lists_the_saved_searches(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="assistant watch add"):
        get_saved_searches(tmp_path, [])
    save_search(tmp_path, SNAILS, "snails")
    with pytest.raises(InputError, match="only snails"):
        remove_search(tmp_path, "slugs")


def test_recorded_run_has_a_time_with_a_zone(tmp_path: Path) -> None:
    save_search(tmp_path, SNAILS, "snails")
    record_run(tmp_path, "snails")
    (saved,) = saved_searches(tmp_path)
    assert saved.last_run is not None
    assert saved.last_run.tzinfo is not None


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "[]",
        '{"snails": 7}',
        '{"snails": {}}',
        '{"snails": {"source": "moon", "query": "q", "limit": 1}}',
        '{"snails": {"source": "arxiv", "query": "q", "limit": "many"}}',
        '{"snails": {"source": "arxiv", "query": "q", "limit": 1, "last_run": "soon"}}',
    ],
)
def test_damaged_file_raises_and_is_unchanged(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "saved-searches.json"
    path.write_text(damaged)
    with pytest.raises(LibraryError, match="Correct or delete it"):
        save_search(tmp_path, SNAILS)
    assert path.read_text() == damaged


@given(
    note=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_unexpected_values_raise(tmp_path_factory: pytest.TempPathFactory, note: object) -> None:
    folder = tmp_path_factory.mktemp("library")
    (folder / "saved-searches.json").write_text(json.dumps({"snails": note}))
    with pytest.raises(LibraryError):
        saved_searches(folder)


@pytest.mark.parametrize(("query", "limit"), [("", 10), (" ", 10), ("snails", 0), ("snails", -1)])
def test_empty_query_or_limit_raises(query: str, limit: int) -> None:
    with pytest.raises(InputError):
        Search(ARXIV, query, limit)
