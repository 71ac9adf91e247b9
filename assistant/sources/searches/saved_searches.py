"""Saved searches: kept in the library's folder, to be run again and again."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import InputError, LibraryError
from assistant.sources.searches.json_store import changing_notes, read_notes
from assistant.sources.searches.search import Search, searched_source

_FILE = "saved-searches.json"
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search with a name.

    Attributes:
        name: unique in its library.
        search: what is looked for.
        last_run: when it was last run to its end; None if never.
    """

    name: str
    search: Search
    last_run: datetime | None = None


def saved_searches(folder: Path) -> tuple[SavedSearch, ...]:
    """Return the saved searches of a library, in the order in which they were saved.

    Raises:
        LibraryError: the file that holds them is damaged.
    """
    path = folder / _FILE
    return tuple(_saved(path, name, note) for name, note in read_notes(path).items())


def save_search(folder: Path, search: Search, name: str | None = None) -> SavedSearch:
    """Save a search.

    Args:
        folder: of the library.
        search: what is looked for.
        name: what to call it; by default the words of the query.

    Raises:
        InputError: another search has that name, or this one is saved already.
    """
    with changing_notes(folder / _FILE) as notes:
        for saved in saved_searches(folder):
            if saved.search == search:
                raise InputError(f"This search is saved already, as {saved.name}.")
        name = name.strip() if name else _unused(_name_of(search.query), notes)
        if not name or name in notes:
            raise InputError(
                f"Another search is called {name!r}. Give this one a name of its own with --name."
            )
        notes[name] = {
            "source": search.source.key,
            "query": search.query,
            "limit": search.limit,
        }
    return SavedSearch(name, search)


def remove_search(folder: Path, name: str) -> None:
    """Forget a saved search; the papers that it found stay.

    Raises:
        InputError: none has that name.
    """
    find_saved(folder, [name])
    with changing_notes(folder / _FILE) as notes:
        notes.pop(name, None)


def find_saved(folder: Path, names: list[str]) -> tuple[SavedSearch, ...]:
    """Return the saved searches with some names; all if no name is given.

    Raises:
        InputError: a name is that of none, or none is saved.
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


def note_run(folder: Path, name: str) -> None:
    """Note that a saved search was run to its end just now."""
    with changing_notes(folder / _FILE) as notes:
        if name in notes:  # it may have been removed meanwhile
            notes[name]["last_run"] = datetime.now(UTC).isoformat(timespec="seconds")


def _saved(path: Path, name: str, note: dict[str, Any]) -> SavedSearch:
    try:
        search = Search(searched_source(note["source"]), str(note["query"]), int(note["limit"]))
        last_run = datetime.fromisoformat(note["last_run"]) if "last_run" in note else None
    except (KeyError, ValueError, TypeError, InputError) as error:
        raise LibraryError(
            f"The saved search {name!r} in {path} is damaged ({error}). Correct or delete it."
        ) from error
    return SavedSearch(name, search, last_run)


def _name_of(query: str) -> str:
    letters = unicodedata.normalize("NFKC", query).casefold()
    return re.sub(r"\W+", "-", letters)[:_LONGEST_NAME].strip("-") or "search"


def _unused(name: str, notes: dict[str, Any]) -> str:
    numbered = (f"{name}-{number}" for number in range(2, len(notes) + 2))
    return next(candidate for candidate in (name, *numbered) if candidate not in notes)
