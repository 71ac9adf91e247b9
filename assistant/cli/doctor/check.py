"""The result of a check of ``assistant doctor``."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """The result of a check.

    Attributes:
        name: name of the check.
        ok: whether it passed.
        detail: what was found, and how to fix it if the check failed.
    """

    name: str
    ok: bool
    detail: str
