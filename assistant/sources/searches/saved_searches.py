"""Saved searches, in the library's folder."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import InputError, LibraryError
from assistant.json_store import edit_json, read_json
from assistant.sources.searches.search import Search, searchable_source

_FILE = "saved-searches.json"
_MAX_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with a name.

    Attributes:
        name: unique in its library.
        search: the search.
        last_run: the time when it was last completed; None if never.
    """

    name: str
    search: Search
    last_run: datetime | None = None


def saved_searches(folder: Path) -> tuple[SavedSearch, ...]:
    """Return the saved searches of a library, oldest first.

    Raises:
        LibraryError: their file is damaged.
    """
    path = folder / _FILE
    return tuple(_parse(path, name, values) for name, values in read_json(path).items())


def save_search(folder: Path, search: Search, name: str | None = None) -> SavedSearch:
    """Save a search.

    Args:
        folder: the library's folder.
        search: the search.
        name: the name; by default the words of the query.

    Raises:
        InputError: another search has that name, or this one is already saved.
    """
    with edit_json(folder / _FILE) as searches:
        for saved in saved_searches(folder):
            if saved.search == search:
                raise InputError(f"This search is already saved as {saved.name}.")
        name = name.strip() if name else _unused(_name_of(search.query), searches)
        if not name or name in searches:
            raise InputError(f"Another search is called {name!r}. Choose another name with --name.")
        searches[name] = {
            "source": search.source.key,
            "query": search.query,
            "limit": search.limit,
        }
    return SavedSearch(name, search)


def remove_search(folder: Path, name: str) -> None:
    """Delete a saved search; its papers stay in the library.

    Raises:
        InputError: there is no saved search with that name.
    """
    get_saved_searches(folder, [name])
    with edit_json(folder / _FILE) as searches:
        searches.pop(name, None)


def get_saved_searches(folder: Path, names: list[str]) -> tuple[SavedSearch, ...]:
    """Return saved searches by name; all of them if no name is given.

    Raises:
        InputError: there is no saved search with that name, or none at all.
    """
    saved = {one.name: one for one in saved_searches(folder)}
    if not saved:
        raise InputError(
            f"No search is saved in {folder}. Save one with `assistant watch add --arxiv QUERY`."
        )
    for name in names:
        if name not in saved:
            raise InputError(f"No saved search is called {name!r}, only {', '.join(saved)}.")
    return tuple(saved[name] for name in names or saved)


def record_run(folder: Path, name: str) -> None:
    """Record that a saved search was completed just now."""
    with edit_json(folder / _FILE) as searches:
        if name in searches:  # otherwise, another process has removed it
            searches[name]["last_run"] = datetime.now(UTC).isoformat(timespec="seconds")


def _parse(path: Path, name: str, values: dict[str, Any]) -> SavedSearch:
    try:
        search = Search(
            searchable_source(values["source"]), str(values["query"]), int(values["limit"])
        )
        last_run = datetime.fromisoformat(values["last_run"]) if "last_run" in values else None
    except (KeyError, ValueError, TypeError, InputError) as error:
        raise LibraryError(
            f"The saved search {name!r} in {path} is damaged ({error}). Correct or delete it."
        ) from error
    return SavedSearch(name, search, last_run)


def _name_of(query: str) -> str:
    letters = unicodedata.normalize("NFKC", query).casefold()
    return re.sub(r"\W+", "-", letters)[:_MAX_NAME_LENGTH].strip("-") or "search"


def _unused(name: str, searches: dict[str, Any]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, len(searches) + 2))
    return next(candidate for candidate in (name, *numbered) if candidate not in searches)
