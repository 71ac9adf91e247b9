"""What the account behind a request may do, and the record of what it did."""

import logging
from collections.abc import Iterable
from typing import Literal

import gradio as gr

from assistant.chat.state import AppState
from assistant.errors import InputError
from assistant.web.login.accounts import Role

_log = logging.getLogger(__name__)

Right = Literal["add papers", "remove papers", "change settings", "run evaluations"]

_RIGHTS: dict[Role, tuple[Right, ...]] = {
    "owner": ("add papers", "remove papers", "change settings", "run evaluations"),
    "member": ("add papers", "run evaluations"),
    "reader": (),
}
_ADDED = "add papers"


def role_of(app: AppState, request: gr.Request) -> Role:
    """Return the role of a visitor. Without accounts, everybody is an owner."""
    if not app.accounts.exist:
        return "owner"
    account = app.accounts.find(request.username or "")
    return account.role if account is not None else "reader"


def check_right(app: AppState, request: gr.Request, right: Right) -> None:
    """Raise `InputError` if a visitor's account does not have a right."""
    role = role_of(app, request)
    if right not in _RIGHTS[role]:
        raise InputError(f"Your account ({role}) may not {right}. Ask an owner of this library.")


def check_removal(app: AppState, request: gr.Request, ids: Iterable[str]) -> None:
    """Raise `InputError` unless the visitor may remove all of some papers.

    A member may remove the papers that they have added.
    """
    role = role_of(app, request)
    if role == "member" and set(ids) <= papers_added_by(app, request.username or ""):
        return
    if role == "member":
        raise InputError(
            "Your account (member) may only remove the papers that it has added. Ask an owner of "
            "this library."
        )
    check_right(app, request, "remove papers")


def record(app: AppState, request: gr.Request, action: str, **details: object) -> None:
    """Write to the audit log who did what, while there are accounts."""
    if not app.accounts.exist:
        return
    try:
        app.audit.write(request.username or "", action, **details)
    except OSError:
        # The action is done. The terminal says what the log lacks.
        _log.exception("The audit log could not be written: %s", action)


def record_added(app: AppState, request: gr.Request, ids: Iterable[str]) -> None:
    """Write to the audit log which papers a visitor has added."""
    record(app, request, _ADDED, papers=sorted(ids))


def papers_added_by(app: AppState, name: str) -> set[str]:
    """Return the ids of the papers that an account has added, and nobody has added since."""
    added_by: dict[str, str] = {}
    for entry in app.audit.entries():
        if entry.get("action") == _ADDED and isinstance(entry.get("papers"), list):
            added_by.update(dict.fromkeys(entry["papers"], str(entry.get("account"))))
    return {paper for paper, account in added_by.items() if account == name}
