"""Accounts: names, roles and hashed secrets, from the command line or a file."""

import functools
import json
import secrets as random
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from assistant.atomic_write import OWNER_ONLY, replace_file
from assistant.errors import InputError

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["owner", "member", "reader"]
"""An owner may do everything, a member may also add papers, a reader may ask."""

ROLES: tuple[Role, ...] = get_args(Role)
FILE_NAME = "accounts.json"
"""The file of accounts, in a library's folder."""

MAX_NAME = 64
MAX_SECRET = 256
"""In characters. Hashing time grows with the length, and anybody can send a secret."""

_LOGIN_FORM = "An account is written name:secret or name:secret:role, such as ada:frost:member."


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in.

    Attributes:
        name: the login name.
        role: what the account may do.
        secret_hash: the Argon2id hash of the secret.
        quotas: how much the account may use in 24 hours, by resource; others have a default.
    """

    name: str
    role: Role
    secret_hash: str
    quotas: Mapping[str, int] = field(default_factory=dict)


class Accounts:
    """The accounts of a server: those given, and those in a file, which may change. Thread-safe."""

    def __init__(self, given: Iterable[Account] = (), file: Path | None = None) -> None:
        """Use some accounts and a file, which may be missing."""
        self._given = {account.name: account for account in given}
        self._file = file
        self._read: tuple[tuple[int, int], Mapping[str, Account]] = ((0, 0), {})
        self._required = False
        self._lock = threading.Lock()

    @property
    def exist(self) -> bool:
        """Whether visitors have to sign in: there is an account, or there has been one.

        A server whose accounts are all removed, or whose file is lost, lets nobody in.
        """
        self._required = self._required or bool(self._given or self._from_file())
        return self._required

    def find(self, name: str) -> Account | None:
        """Return an account by its name; None if there is none."""
        return self._from_file().get(name) or self._given.get(name)

    def check(self, name: str, secret: str) -> Account | None:
        """Return the account with this name and secret; None if they are wrong.

        An unknown name takes as long as a wrong secret.
        """
        account, secret = self.find(plain_text(name)), plain_text(secret)
        stored = account.secret_hash if account is not None else _hash_of_nothing()
        matches = _matches(stored, secret)
        return account if matches else None

    def _from_file(self) -> Mapping[str, Account]:
        if self._file is None:
            return {}
        try:
            status = self._file.stat()
        except FileNotFoundError:
            return {}
        version = (status.st_mtime_ns, status.st_ino)
        with self._lock:
            if self._read[0] != version:
                self._read = (version, {account.name: account for account in load(self._file)})
            return self._read[1]


def parse_login(login: str) -> Account:
    """Return the account written as ``name:secret`` (an owner) or ``name:secret:role``.

    A secret may contain colons if the role is given.

    Raises:
        InputError: it is malformed.
    """
    name, _, rest = login.partition(":")
    secret, colon, role = rest.rpartition(":")
    if not colon or role not in ROLES:
        secret, role = rest, "owner"
    if not secret:
        raise InputError(_LOGIN_FORM)
    return new_account(name, secret, role)


def new_account(
    name: str, secret: str, role: str, quotas: Mapping[str, int] | None = None
) -> Account:
    """Return an account with a hashed secret.

    Raises:
        InputError: the name, secret or role cannot be used.
    """
    name, secret = plain_text(name), plain_text(secret)
    is_written_well = name.isprintable() and name == name.strip() and not set(":/") & set(name)
    if not name or not is_written_well or len(name) > MAX_NAME:
        raise InputError(
            f"A name has 1 to {MAX_NAME} characters, no colon or slash, and no spaces around it. "
            f"{_LOGIN_FORM}"
        )
    if not secret or len(secret) > MAX_SECRET:
        raise InputError(f"A secret has 1 to {MAX_SECRET} characters.")
    if role not in ROLES:
        raise InputError(f"{role} is no role. Choose one of {', '.join(ROLES)}.")
    return Account(name, role, _hasher().hash(secret), quotas or {})


def load(file: Path) -> list[Account]:
    """Return the accounts of a file; none if it does not exist.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        records = json.loads(file.read_text("utf-8"))["accounts"]
        accounts = [
            Account(one["name"], one["role"], one["secret_hash"], one.get("quotas", {}))
            for one in records
        ]
        if not all(account.role in ROLES for account in accounts):
            raise ValueError("an unknown role")
        if not all(isinstance(n, int) for one in accounts for n in one.quotas.values()):
            raise ValueError("a quota that is no number")
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"The accounts in {file} cannot be read ({error}). Restore the file from a backup, or "
            "delete it and add the accounts again with `assistant users add`."
        ) from error
    return accounts


def save(file: Path, accounts: Sequence[Account]) -> None:
    """Write the accounts to a file that only its owner can read; it is replaced as a whole.

    Raises:
        InputError: the file cannot be written.
    """
    records = [
        {
            "name": account.name,
            "role": account.role,
            "secret_hash": account.secret_hash,
            **({"quotas": dict(account.quotas)} if account.quotas else {}),
        }
        for account in accounts
    ]
    text = json.dumps({"accounts": records}, ensure_ascii=False, indent=1) + "\n"
    try:
        replace_file(file, [text], mode=OWNER_ONLY)
    except OSError as error:
        raise _not_written(file, error) from error


@contextmanager
def edited(file: Path) -> Iterator[dict[str, Account]]:
    """Yield the accounts of a file by name, and save them afterwards. The file is locked meanwhile.

    Raises:
        InputError: the file cannot be read or written.
    """
    from filelock import FileLock

    lock = FileLock(file.with_suffix(".lock"))
    try:
        lock.acquire()
    except OSError as error:
        raise _not_written(file, error) from error
    try:
        accounts = {account.name: account for account in load(file)}
        yield accounts
        save(file, list(accounts.values()))
    finally:
        lock.release()


def _not_written(file: Path, error: OSError) -> InputError:
    return InputError(
        f"{file} cannot be written ({error.strerror}). Check the folder, and try again."
    )


def plain_text(written: str) -> str:
    """Return a name or secret in Unicode NFC, so that all keyboards produce the same text."""
    return unicodedata.normalize("NFC", written)


def _matches(stored: str, secret: str) -> bool:
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hasher().verify(stored, secret)
    except (Argon2Error, InvalidHashError, ValueError):
        return False


@functools.cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    # Argon2id with the memory and time that OWASP recommends for one thread: some 30 ms and 19 MiB
    # a login, on the two cores that also run the model.
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@functools.cache
def _hash_of_nothing() -> str:
    """Return the hash of a secret that nobody knows."""
    return _hasher().hash(random.token_urlsafe())
