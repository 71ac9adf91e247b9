"""Papers from the network: asked for by id or search, and only when a command says so."""

from assistant.sources.references import fetch, is_reference
from assistant.sources.searches.add_results import (
    SearchCutError,
    SearchProgress,
    SearchReport,
    add_search,
)
from assistant.sources.searches.saved_searches import (
    SavedSearch,
    find_saved,
    note_run,
    remove_search,
    save_search,
    saved_searches,
)
from assistant.sources.searches.search import Search
from assistant.sources.services import ARXIV, HUGGING_FACE

__all__ = [
    "ARXIV",
    "HUGGING_FACE",
    "SavedSearch",
    "Search",
    "SearchCutError",
    "SearchProgress",
    "SearchReport",
    "add_search",
    "fetch",
    "find_saved",
    "is_reference",
    "note_run",
    "remove_search",
    "save_search",
    "saved_searches",
]
