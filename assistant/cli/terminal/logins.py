"""The accounts given with ``--auth``, without leaving their secrets visible."""

import contextlib
import ctypes
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.errors import InputError

AuthOption = Annotated[
    list[str] | None,
    typer.Option(
        "--auth",
        metavar="NAME:SECRET[:ROLE]",
        envvar="ASSISTANT_CHAT_AUTH",
        show_envvar=True,
        help="Require a login. The role is owner (the default), member or reader. @FILE reads "
        "accounts from a file, one a line. Can be repeated. Better: `assistant users add`.",
    ),
]

# The fields of /proc/self/stat with the addresses of the arguments, counted after the program's
# name.
_ARGUMENTS_START, _ARGUMENTS_END = 45, 46


def logins_from(given: Sequence[str] | None) -> list[str]:
    """Return the accounts given with ``--auth``; those of a file for ``@FILE``.

    The secrets are overwritten in the arguments of this process, which every user of the machine
    can list with ``ps``. On systems other than Linux they remain visible.

    Raises:
        InputError: a file cannot be read.
    """
    logins: list[str] = []
    for one in given or ():
        if one.startswith("@"):
            logins += _from_file(Path(one[1:]).expanduser())
        else:
            logins.append(one)
            secret = one.partition(":")[2]
            if secret and any(one in argument for argument in sys.argv):
                _hide(secret)
    return logins


def _from_file(file: Path) -> list[str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(
            f"The accounts in {file} cannot be read. Write one name:secret:role a line."
        ) from error
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _hide(secret: str) -> None:
    """Overwrite a secret in the memory that ``ps`` shows as this process's arguments."""
    # Without Linux's /proc, or if the file has another format, there is nothing to overwrite.
    with contextlib.suppress(OSError, ValueError, IndexError):
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[_ARGUMENTS_START]), int(fields[_ARGUMENTS_END])
        encoded = secret.encode(errors="surrogateescape")
        arguments = ctypes.string_at(start, end - start)
        at = arguments.find(encoded)
        while at >= 0:
            ctypes.memset(start + at, ord("x"), len(encoded))
            at = arguments.find(encoded, at + 1)
