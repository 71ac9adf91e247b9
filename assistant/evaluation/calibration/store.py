"""Replies of a model, kept in a file as they come: a cut run goes on, several make one fit."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.errors import InputError
from assistant.evaluation.predictions import drop_torn_line

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")


def keep_replies(out: Path, made_by: str, replies: "Sequence[DataclassInstance]") -> None:
    """Add replies to a file, one JSON object a line.

    Args:
        out: the file; made if there is none.
        made_by: the model and the prompts.
        replies: to be added.

    Raises:
        InputError: the file cannot be written.
    """
    records: list[dict[str, Any]] = [{"made_by": made_by, **asdict(reply)} for reply in replies]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("a", encoding="utf-8") as file:
            file.write("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records))
    except OSError as error:
        raise InputError(
            f"The replies cannot be written to {out}: {error.strerror}. Choose another --out."
        ) from error


def kept_replies(out: Path, made_by: str, reply: Callable[..., T]) -> list[T]:
    """Return the replies of an earlier start; none if there is no such file.

    Args:
        out: the file.
        made_by: the model and the prompts.
        reply: makes one of the values of a line.

    Raises:
        InputError: it holds replies of another model, kind or prompts, or something else.
    """
    other = f"{out} holds something else than replies. Choose another file with --out."
    try:
        data = out.read_bytes()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(
            f"{out} cannot be read: {error.strerror}. Choose another --out."
        ) from error
    *lines, _torn = data.split(b"\n")
    if data and not lines:
        raise InputError(other)
    replies = []
    for line in lines:
        try:
            values = json.loads(line)
            if values.pop("made_by") != made_by:
                raise InputError(
                    f"{out} holds replies of another model, to other prompts, or to questions of "
                    "another kind (verdicts, or others). Choose another file with --out."
                )
            replies.append(
                reply(**{k: tuple(v) if isinstance(v, list) else v for k, v in values.items()})
            )
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(other) from error
    drop_torn_line(out)
    return replies
