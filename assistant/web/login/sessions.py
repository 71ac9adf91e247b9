"""The sessions of signed-in visitors. They expire, and end when the server restarts."""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

IDLE_S = 12 * 3600
"""A session ends after this time without a request: a browser left open overnight."""
LONGEST_S = 7 * 24 * 3600
"""A session ends after this time in any case."""
_MAX_SESSIONS = 20
"""Of one account. The oldest ends when there are more."""


@dataclass(frozen=True, slots=True)
class _Session:
    name: str
    proof: str
    started: float
    used: float


class Sessions:
    """The open sessions, by a random token. Only hashes of tokens are kept. Thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, _Session] = {}
        self._lock = threading.Lock()

    def start(self, name: str, proof: str) -> str:
        """Start a session of an account; return its token.

        Args:
            name: the name of the account.
            proof: a value whose change ends the session: the hash of the account's secret.
        """
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._drop_ended(now)
            mine = [key for key, one in self._sessions.items() if one.name == name]
            for key in mine[: len(mine) - _MAX_SESSIONS + 1]:
                del self._sessions[key]
            self._sessions[_key(token)] = _Session(name, proof, now, now)
        return token

    def find(self, token: str, *, use: bool = True) -> tuple[str, str] | None:
        """Return the name and the proof of an open session; None if there is none.

        Args:
            token: the token of the session.
            use: whether this counts as a use of the session, which extends it.
        """
        now = self._clock()
        with self._lock:
            session = self._sessions.get(_key(token))
            if session is None or _ended(session, now):
                return None
            if use:
                self._sessions[_key(token)] = replace(session, used=now)
        return session.name, session.proof

    def end(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_key(token), None)

    def _drop_ended(self, now: float) -> None:
        self._sessions = {
            key: session for key, session in self._sessions.items() if not _ended(session, now)
        }


def _ended(session: _Session, now: float) -> bool:
    return now - session.used > IDLE_S or now - session.started > LONGEST_S


def _key(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
