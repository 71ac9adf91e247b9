"""Papers from web services, by reference or search. Requests are only sent when asked for."""

from assistant.sources.references import fetch, is_reference
from assistant.sources.searches.add_results import (
    SearchInterruptedError,
    SearchProgress,
    SearchReport,
    add_search,
)
from assistant.sources.searches.saved_searches import (
    SavedSearch,
    get_saved_searches,
    record_run,
    remove_search,
    save_search,
    saved_searches,
)
from assistant.sources.searches.search import Search
from assistant.sources.services import ARXIV, HUGGING_FACE
from assistant.sources.zotero.reference import ZoteroReference, parse_zotero_reference
from assistant.sources.zotero.sync import ZoteroReport, sync_zotero

__all__ = [
    "ARXIV",
    "HUGGING_FACE",
    "SavedSearch",
    "Search",
    "SearchInterruptedError",
    "SearchProgress",
    "SearchReport",
    "ZoteroReference",
    "ZoteroReport",
    "add_search",
    "fetch",
    "get_saved_searches",
    "is_reference",
    "parse_zotero_reference",
    "record_run",
    "remove_search",
    "save_search",
    "saved_searches",
    "sync_zotero",
]
