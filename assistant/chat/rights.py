"""What the account behind a request may do, and the record of what it did."""

import logging
from collections.abc import Iterable
from typing import Literal, get_args

import gradio as gr

from assistant.chat.state import AppState
from assistant.errors import InputError
from assistant.web.login.accounts import Role

_log = logging.getLogger(__name__)

Right = Literal["add papers", "remove papers", "fill tables", "run evaluations", "change settings"]

_RIGHTS: dict[Role, tuple[Right, ...]] = {
    "owner": get_args(Right),
    "member": ("add papers", "fill tables", "run evaluations"),
    "reader": (),
}
_ADDED = "add papers"


def needs(right: Right) -> str:
    """Return the CSS class of a control that only visitors with a right see."""
    return f"needs-{_slug(right)}"


def hiding_rules() -> str:
    """Return the style sheet that hides the controls that `needs` marks.

    The body's ``data-rights`` lists the visitor's rights; until it is set, all are hidden. This is
    cosmetic only: the event handlers check the rights.
    """
    return "".join(
        f'body:not([data-rights~="{_slug(right)}"]) .{needs(right)} {{ display: none !important }}'
        for right in get_args(Right)
    )


def rights_shown(app: AppState, request: gr.Request) -> str:
    """Return the body's ``data-rights`` for a visitor."""
    role = role_of(app, request)
    # A member may remove some papers: those that they have added.
    own: tuple[Right, ...] = ("remove papers",) if role == "member" else ()
    return " ".join(map(_slug, (*_RIGHTS[role], *own)))


def _slug(right: Right) -> str:
    return right.replace(" ", "-")


def role_of(app: AppState, request: gr.Request) -> Role:
    """Return the role of a visitor. Without accounts, everybody is an owner."""
    if not app.accounts.exist:
        return "owner"
    account = app.accounts.find(request.username or "")
    return account.role if account is not None else "reader"


def may(role: Role, right: Right) -> bool:
    """Return whether accounts of a role have a right."""
    return right in _RIGHTS[role]


def check_right(app: AppState, request: gr.Request, right: Right) -> None:
    """Raise `InputError` if a visitor's account does not have a right."""
    role = role_of(app, request)
    if not may(role, right):
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


def use_questions(app: AppState, request: gr.Request, count: int = 1) -> None:
    """Count questions against a visitor's quota, and record them.

    Raises:
        InputError: their account has used its quota.
    """
    account = app.accounts.find(request.username or "")
    if account is not None:
        app.quotas.check(account, "questions", count)
        app.quotas.count(account, "questions", count)
        record(app, request, "ask", count=count)


def check_adding(app: AppState, request: gr.Request) -> None:
    """Raise `InputError` if a visitor may not add papers, or has used up their quota."""
    check_right(app, request, "add papers")
    account = app.accounts.find(request.username or "")
    if account is not None:
        app.quotas.check(account, "papers")


def record(app: AppState, request: gr.Request, action: str, **details: object) -> None:
    """Write to the audit log who did what, if there are accounts."""
    if not app.accounts.exist:
        return
    try:
        app.audit.write(request.username or "", action, **details)
    except OSError:
        # The action is already done, so the missing entry is only reported on the terminal.
        _log.exception("The audit log could not be written: %s", action)


def record_added(app: AppState, request: gr.Request, ids: Iterable[str]) -> None:
    """Write to the audit log which papers a visitor has added."""
    ids = sorted(ids)
    record(app, request, _ADDED, papers=ids)
    account = app.accounts.find(request.username or "")
    if account is not None:
        app.quotas.count(account, "papers", len(ids))


def papers_added_by(app: AppState, name: str) -> set[str]:
    """Return the ids of the papers that an account has added, and nobody has added since."""
    added_by: dict[str, str] = {}
    for entry in app.audit.entries():
        if entry.get("action") == _ADDED and isinstance(entry.get("papers"), list):
            added_by.update(dict.fromkeys(entry["papers"], str(entry.get("account"))))
    return {paper for paper, account in added_by.items() if account == name}
