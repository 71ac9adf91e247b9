"""Requests to Zotero's local API.

Its parameter ``since`` leaves out items that Zotero has not synchronised yet: their version is 0.
So the versions of all items are requested, which is one short response, and compared here.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.errors import InputError, NetworkError
from assistant.http.client import BadResponseError, NotFoundError, Parameters, get
from assistant.http.service import WebService
from assistant.sources.zotero.reference import ZoteroReference

ZOTERO = WebService(
    "Zotero", "zotero", "http://127.0.0.1:23119/api", "ASSISTANT_ZOTERO_URL", pause_s=0.0
)

# As many keys as the web API takes at a time.
_KEYS_AT_A_TIME = 50
_START_ZOTERO = (
    "Start Zotero, and allow other applications to communicate with it (Settings, Advanced)."
)


def find_items(reference: ZoteroReference) -> tuple[str, str]:
    """Return the path of the items of a library or collection, and the collection's name.

    Raises:
        InputError: there is no such library or collection.
        NetworkError: Zotero does not answer.
    """
    if not reference.collection:
        return f"/{reference.library}/items/top", ""
    wanted = reference.collection.casefold()
    found = _get(f"/{reference.library}/collections")
    names = {str(one["key"]): str(one["data"]["name"]) for one in found}
    for key, name in names.items():
        if wanted in (key.casefold(), name.casefold()):
            return f"/{reference.library}/collections/{key}/items/top", name
    known = ", ".join(sorted(names.values())) or "none"
    raise InputError(f"Zotero has no collection {reference.collection!r}. Collections: {known}.")


def item_versions(path: str) -> dict[str, int]:
    """Return the versions of all items at a path, by key.

    Raises:
        NetworkError: Zotero does not answer, or not as expected.
    """
    versions = _get(path, {"format": "versions"})
    if not isinstance(versions, dict):
        raise NetworkError(f"Zotero's answer about versions is not understood. {_START_ZOTERO}")
    return {str(key): int(version) for key, version in versions.items()}


def items(reference: ZoteroReference, keys: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    """Yield the items with some keys, some at a time.

    Raises:
        NetworkError: Zotero does not answer.
    """
    for start in range(0, len(keys), _KEYS_AT_A_TIME):
        chosen = ",".join(keys[start : start + _KEYS_AT_A_TIME])
        found = _get(f"/{reference.library}/items", {"itemKey": chosen, "format": "json"})
        yield from found if isinstance(found, list) else []


def _get(path: str, parameters: Parameters | None = None) -> Any:
    try:
        return get(ZOTERO, path, parameters or {}, _parsed)
    except NotFoundError as error:
        raise InputError(f"Zotero has no library at {path}. Check the number of the group.") from (
            error
        )
    except NetworkError as error:
        raise NetworkError(f"{str(error).partition('. ')[0]}. {_START_ZOTERO}") from error


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise BadResponseError("its response is not JSON") from error
