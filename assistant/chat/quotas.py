"""What an account may use of the shared machine in 24 hours: questions and new papers.

The uses are those of the audit log, so that a restart does not forget them.
"""

import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal

from assistant.errors import InputError
from assistant.web.login.accounts import Account, Role
from assistant.web.login.audit import AuditLog

Resource = Literal["questions", "papers"]

# 1,000 answers take the model of a laptop more than an hour, and 10,000 papers its embedder.
_DEFAULTS: Mapping[Role, Mapping[Resource, int]] = {
    "owner": {},
    "member": {"questions": 1000, "papers": 10_000},
    "reader": {"questions": 1000, "papers": 0},
}
_DAY_S = 24 * 3600.0
_VERBS: Mapping[Resource, str] = {"questions": "ask", "papers": "add"}
_ACTIONS: Mapping[str, Resource] = {"ask": "questions", "add papers": "papers"}


def quota_of(account: Account, resource: Resource) -> int | None:
    """Return how much an account may use in 24 hours; None for any amount."""
    return account.quotas.get(resource, _DEFAULTS[account.role].get(resource))


class Quotas:
    """Counts what accounts use. Thread-safe."""

    def __init__(self, audit: AuditLog, clock: Callable[[], float] = time.time) -> None:
        """Count from the entries of an audit log, which are read on first use."""
        self._audit, self._clock = audit, clock
        self._uses: dict[tuple[str, Resource], list[tuple[float, int]]] | None = None
        self._lock = threading.Lock()

    def check(self, account: Account, resource: Resource, amount: int = 1) -> None:
        """Raise `InputError`, which says when to try again, if an amount would exceed the quota."""
        quota = quota_of(account, resource)
        if quota is None:
            return
        with self._lock:
            uses = self._uses_of(account.name, resource)
            if sum(used for _, used in uses) + amount <= quota:
                return
            wait_s = min(at for at, _ in uses) + _DAY_S - self._clock() if uses else _DAY_S
        raise InputError(
            f"Your account may {_VERBS[resource]} {quota:,} {resource} in 24 hours. Try again in "
            f"{_in_words(wait_s)}, or ask an owner of this library for a larger quota."
        )

    def count(self, account: Account, resource: Resource, amount: int = 1) -> None:
        """Count a use. The caller writes it to the audit log."""
        if quota_of(account, resource) is not None:
            with self._lock:
                self._uses_of(account.name, resource).append((self._clock(), amount))

    def _uses_of(self, name: str, resource: Resource) -> list[tuple[float, int]]:
        if self._uses is None:
            self._uses = {}
            for entry in self._audit.entries():
                self._count_entry(self._uses, entry)
        uses = self._uses.setdefault((name, resource), [])
        uses[:] = [use for use in uses if self._counts(use[0])]
        return uses

    def _counts(self, at: float) -> bool:
        """Return whether a use is of these 24 hours, or a little later: clocks are set back."""
        return abs(at - self._clock()) < _DAY_S

    def _count_entry(
        self,
        uses: dict[tuple[str, Resource], list[tuple[float, int]]],
        entry: Mapping[str, object],
    ) -> None:
        resource, papers = _ACTIONS.get(str(entry.get("action"))), entry.get("papers")
        amount = entry.get("count", len(papers) if isinstance(papers, list) else 1)
        try:
            at = datetime.fromisoformat(str(entry.get("at"))).timestamp()
        except ValueError:  # a damaged line
            return
        if resource and isinstance(amount, int) and self._counts(at):
            uses.setdefault((str(entry.get("account")), resource), []).append((at, amount))


def _in_words(seconds: float) -> str:
    hours = max(1, round(seconds / 3600))
    return "an hour" if hours == 1 else f"{hours} hours"
