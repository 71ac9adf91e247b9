"""Requests to Zotero's local API.

Zotero changes the version of an item when it synchronises, not when the user edits it: an item that
was never synchronised has version 0. So neither the parameter ``since`` nor the header
``If-Modified-Since-Version`` finds all changes. Instead, two things are requested: the versions of
all items, a single short response that also shows what was removed, and the most recently modified
items.
"""

import json
import re
import time
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from assistant.errors import InputError, NetworkError
from assistant.http.client import BadResponseError, NotFoundError, Parameters, get_with_headers
from assistant.http.service import WebService
from assistant.sources.zotero.reference import ZoteroReference
from assistant.sources.zotero.snapshot import (
    Collection,
    Item,
    Snapshot,
    find_collection,
    full_names,
)
from assistant.sources.zotero.state import ReferenceState

ZOTERO = WebService(
    "Zotero", "zotero", "http://127.0.0.1:23119/api", "ASSISTANT_ZOTERO_URL", pause_s=0.0
)

# The maximum number of keys per request to the web API.
_KEYS_AT_A_TIME = 50
# The number of most recently modified items to request: the default page size of the web API.
_RECENT_AT_A_TIME = 25
# The longest pause, in seconds, that is made when a response asks for one.
_MAX_BACKOFF_S = 60.0
_NEXT = re.compile(r'<([^>]+)>;\s*rel="next"')
_START_ZOTERO = (
    "Start Zotero, and allow other applications to communicate with it (Settings, Advanced)."
)


def api_snapshot(reference: ZoteroReference, known: ReferenceState) -> Snapshot:
    """Request what has changed in a library or collection.

    Args:
        reference: the reference to the library or collection.
        known: the state after the previous synchronisation.

    Raises:
        InputError: there is no such library or collection.
        NetworkError: Zotero does not respond, or its response is not as expected.
    """
    collections = {
        str(one["key"]): Collection(
            str(one["data"]["name"]), str(one["data"].get("parentCollection") or "")
        )
        for page in _pages(f"/{reference.library}/collections")
        for one in page
    }
    key = find_collection(reference, collections)
    within = f"/collections/{key}" if key else ""
    path = f"/{reference.library}{within}/items/top"
    stamps = _stamps(path)
    recent = _recent(path, known.modified)
    same = {one for one, stamp in stamps.items() if stamp and known.stamp(one) == stamp}
    missing = sorted(stamps.keys() - same - recent.keys())
    return Snapshot(
        collection=collections[key].name if key else "",
        stamps=stamps,
        changed=_changed(reference, recent, missing),
        modified=max((str(one.get("dateModified", "")) for one in recent.values()), default=""),
        collections=full_names(collections),
    )


def _stamps(path: str) -> dict[str, str]:
    """Return the versions of all items as stamps; items without a version have an empty stamp."""
    stamps: dict[str, str] = {}
    for page in _pages(path, {"format": "versions"}):
        if not isinstance(page, dict):
            raise NetworkError(f"Zotero's answer about versions is not understood. {_START_ZOTERO}")
        stamps |= {str(key): str(version or "") for key, version in page.items()}
    return stamps


def _recent(path: str, since: str) -> dict[str, Item]:
    """Return the items modified at or after a time, by key; at first, only the latest ones."""
    recent: dict[str, Item] = {}
    newest_first: Parameters = {
        "format": "json",
        "sort": "dateModified",
        "direction": "desc",
        "limit": _RECENT_AT_A_TIME,
    }
    for page in _pages(path, newest_first):
        items = [one["data"] for one in page]
        found = [one for one in items if str(one.get("dateModified", "")) >= since]
        recent |= {str(one["key"]): one for one in found}
        if not since or len(found) < len(items):
            break
    return recent


def _changed(
    reference: ZoteroReference, recent: Mapping[str, Item], missing: list[str]
) -> Iterator[Item]:
    yield from recent.values()
    for start in range(0, len(missing), _KEYS_AT_A_TIME):
        chosen = ",".join(missing[start : start + _KEYS_AT_A_TIME])
        for page in _pages(f"/{reference.library}/items", {"itemKey": chosen, "format": "json"}):
            yield from (one["data"] for one in page)


def _pages(path: str, parameters: Parameters | None = None) -> Iterator[Any]:
    """Yield the parsed response, and those of the following pages that it links to."""
    wanted: Parameters | None = parameters or {}
    while wanted is not None:
        try:
            page, headers = get_with_headers(ZOTERO, path, wanted, _parsed)
        except NotFoundError as error:
            raise InputError(
                f"Zotero has no library at {path}. Check the number of the group."
            ) from error
        except NetworkError as error:
            reason = str(error).partition(". ")[0]
            raise NetworkError(f"{reason}. {_START_ZOTERO}") from error
        yield page
        wanted = _next_page(headers)


def _next_page(headers: Mapping[str, str]) -> Parameters | None:
    """Return the parameters of the next page, after the pause that the server asks for."""
    backoff = headers.get("Backoff", "")
    if backoff.isdecimal():
        time.sleep(min(float(backoff), _MAX_BACKOFF_S))
    link = _NEXT.search(headers.get("Link", ""))
    # Only the parameters: the link's host may differ from the one that the request was sent to.
    return dict(parse_qsl(urlsplit(link[1]).query)) if link else None


def _parsed(body: bytes, headers: Mapping[str, str]) -> tuple[Any, Mapping[str, str]]:
    try:
        return json.loads(body), headers
    except ValueError as error:
        raise BadResponseError("its response is not JSON") from error
