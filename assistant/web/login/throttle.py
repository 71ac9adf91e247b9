"""Delays that grow with every failed login, for each name and for each address."""

import time
from collections.abc import Callable
from dataclasses import dataclass

_FREE_FAILURES = 3
"""Failures without a delay: people mistype."""
_LONGEST_WAIT_S = 60.0
"""1,440 guesses a day; longer waits would let a stranger lock an owner out."""
_FORGET_S = 3600.0
_MAX_ENTRIES = 10_000


@dataclass(slots=True)
class _Failures:
    count: int
    at: float


class LoginThrottle:
    """Counts failed logins by name and by address. For one event loop."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failures: dict[str, _Failures] = {}

    def wait(self, name: str, address: str) -> float:
        """Return the seconds until the next attempt is allowed; 0 if it is."""
        now = self._clock()
        return max(self._wait_of(key, now) for key in _keys(name, address))

    def attempt(self, name: str, address: str) -> None:
        """Count an attempt as failed, before it is checked: guesses in parallel count, too."""
        now = self._clock()
        for key in _keys(name, address):
            before = self._failures.get(key)
            count = before.count if before is not None and now - before.at < _FORGET_S else 0
            self._failures[key] = _Failures(count + 1, now)
        if len(self._failures) > _MAX_ENTRIES:
            self._failures = {
                key: one for key, one in self._failures.items() if now - one.at < _LONGEST_WAIT_S
            }

    def succeeded(self, name: str, address: str) -> None:
        """Forget the failures of a name and an address."""
        for key in _keys(name, address):
            self._failures.pop(key, None)

    def _wait_of(self, key: str, now: float) -> float:
        failures = self._failures.get(key)
        if failures is None or failures.count < _FREE_FAILURES:
            return 0.0
        exponent = min(failures.count - _FREE_FAILURES, 10)
        return max(0.0, failures.at + min(2.0**exponent, _LONGEST_WAIT_S) - now)


def _keys(name: str, address: str) -> tuple[str, str]:
    return f"name {name}", f"address {address}"
