"""The filter by tags, collections and marks: its choices, and the scope of those chosen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from assistant.library import Scope
from assistant.library.annotations import Annotations
from assistant.library.scope import MARKS, Mark

MARK_NAMES: Mapping[Mark, str] = {"unread": "Unread", "read": "Read", "noted": "With a note"}

_MARK, _TAG, _COLLECTION = "mark:", "tag:", "collection:"


def filter_choices(annotations: Annotations, owner: str) -> list[tuple[str, str]]:
    """Return the label and the value of each choice; none while nothing is annotated."""
    collections = annotations.names(owner, "collection")
    tags = annotations.names(owner, "tag")
    read, noted = annotations.counts(owner)
    if not (collections or tags or read or noted):
        return []
    marks: dict[Mark, int | None] = {"unread": None, "read": read, "noted": noted}
    return [
        *((f"{name} ({count:,})", _COLLECTION + name) for name, count in collections.items()),
        *((f"#{name} ({count:,})", _TAG + name) for name, count in tags.items()),
        *(
            (MARK_NAMES[mark] + (f" ({count:,})" if count else ""), _MARK + mark)
            for mark, count in marks.items()
            if count != 0
        ),
    ]


def with_filter(scope: Scope, chosen: Iterable[str], owner: str) -> Scope:
    """Return a scope that is also limited to the chosen values."""
    chosen = list(chosen)
    return replace(
        scope,
        tags=tuple(one.removeprefix(_TAG) for one in chosen if one.startswith(_TAG)),
        collections=tuple(
            one.removeprefix(_COLLECTION) for one in chosen if one.startswith(_COLLECTION)
        ),
        marks=tuple(mark for mark in MARKS if _MARK + mark in chosen),
        owner=owner if chosen else "",
    )


def chosen_values(scope: Scope) -> list[str]:
    """Return the values that are chosen in a scope."""
    return [
        *(_COLLECTION + name for name in scope.collections),
        *(_TAG + name for name in scope.tags),
        *(_MARK + mark for mark in scope.marks),
    ]


def without_missing_choices(scope: Scope, choices: Collection[tuple[str, str]]) -> Scope:
    """Return a scope with only those chosen values that are among the choices."""
    values = {value for _, value in choices}
    return with_filter(scope, [one for one in chosen_values(scope) if one in values], scope.owner)
