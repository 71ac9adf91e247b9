"""API keys: shown once, stored as hashes in a file of the library folder."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import InputError
from assistant.json_store import edit_json, read_json

_FILE = "api-keys.json"
_PREFIX = "pa-"
# 256 bits cannot be guessed, so a fast hash protects them: slow ones are for short passwords.
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is listed.

    Attributes:
        name: who or what it is for.
        created: when it was made, in ISO form.
    """

    name: str
    created: str


def add_key(folder: Path, name: str) -> str:
    """Make a key for a library and return it; only its hash is stored.

    Raises:
        InputError: the name is empty or taken.
    """
    name = name.strip()
    if not name:
        raise InputError("The key needs a name that says what it is for, such as open-webui.")
    key = _PREFIX + secrets.token_urlsafe(_KEY_BYTES)
    with edit_json(folder / _FILE, is_private=True) as keys:
        if name in keys:
            raise InputError(
                f"There is a key called {name!r} already. Remove it, or choose a name."
            )
        now = datetime.now(UTC).isoformat(timespec="seconds")
        keys[name] = {"sha256": _hash(key), "created": now}
    return key


def remove_key(folder: Path, name: str) -> None:
    """Delete a key; requests with it are refused from now on.

    Raises:
        InputError: there is none of that name.
    """
    with edit_json(folder / _FILE, is_private=True) as keys:
        if keys.pop(name, None) is None:
            raise InputError(f"No key is called {name!r}. `assistant keys list` shows the names.")


def list_keys(folder: Path) -> list[ApiKey]:
    """Return the keys of a library, oldest first."""
    keys = read_json(folder / _FILE)
    return [ApiKey(name, str(values.get("created", ""))) for name, values in keys.items()]


def name_of_key(folder: Path, key: str) -> str | None:
    """Return the name of a key; None if it is not one of the library's."""
    digest, found = _hash(key), None
    for name, values in read_json(folder / _FILE).items():
        # Every hash is compared, so that the time taken says nothing about them.
        if hmac.compare_digest(digest, str(values.get("sha256", ""))):
            found = name
    return found


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
