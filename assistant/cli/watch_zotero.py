"""``assistant watch zotero:`` keeps the library in step with Zotero."""

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_error, print_json
from assistant.cli.terminal.zotero import read_zotero
from assistant.errors import AssistantError, InputError

if TYPE_CHECKING:
    from assistant.sources import ZoteroReport

_COMMAND = "zotero"
_SCHEME = f"{_COMMAND}:"


class WatchGroup(TyperGroup):
    """The commands of ``assistant watch``, in which ``zotero:NAME`` is one too."""

    # Any: the types are those of Typer's vendored copy of click.
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a reference to Zotero becomes the argument of its command."""
        if args[0].casefold().startswith(_SCHEME):
            args = [_COMMAND, *args]
        return super().resolve_command(ctx, args)


def zotero(
    reference: Annotated[
        str,
        typer.Argument(metavar="[zotero:COLLECTION]", help="As for `assistant add`."),
    ] = _SCHEME,
    every: Annotated[
        float, typer.Option(min=0.1, metavar="MINUTES", help="The time between two looks.")
    ] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="Look once, as a cron job does.")] = False,
    account: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Whose tags and collections they become; default: as the last time, at first "
            "those made without a login.",
        ),
    ] = None,
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Keep the library in step with Zotero, or one of its collections, until stopped.

    Papers that are added, changed or removed in Zotero are added, changed or removed here; those
    that the library had before stay. Tags and collections become tags and collections, citation
    keys are kept. If Zotero is not running, its database is read: ~/Zotero/zotero.sqlite, or that
    in the folder of the variable ASSISTANT_ZOTERO_DATA.

    Example:
        $ assistant watch zotero:
        Zotero: 212 added
        removed: Slow Snails (doi:10.5555/snails.1)
        $ assistant watch "zotero:My collection" --once
    """
    from assistant.sources import parse_zotero_reference

    parsed = parse_zotero_reference(reference)
    if parsed is None:
        raise InputError(f"{reference!r} is not of the form zotero: or zotero:COLLECTION.")
    settings = settings_from(changes)
    while True:
        try:
            # Opened each time, so that nothing is held in memory between two polls.
            with open_assistant(library, settings, samples=False) as assistant:
                report = read_zotero(assistant.library, parsed, remove=True, owner=account)
            _print(report, as_json=as_json, is_only=once)
        except AssistantError as error:
            # Other errors are temporary: Zotero is closed or is writing its database, the disk is
            # full.
            if once or isinstance(error, InputError):
                raise
            print_error(str(error))
        if once:
            return
        time.sleep(60 * every)


def _print(report: "ZoteroReport", *, as_json: bool, is_only: bool) -> None:
    """Print what has changed; say that nothing has only if this is the only poll."""
    if as_json:
        print_json(_as_dict(report))
        return
    lines = [str(file) for file in report.report.files if file.added or file.updated]
    lines += [f"removed: {paper.title} ({paper.id})" for paper in report.removed]
    for line in lines or ["Nothing has changed."] * is_only:
        typer.echo(line)


def _as_dict(report: "ZoteroReport") -> dict[str, Any]:
    removed = [{"paper_id": paper.id, "title": paper.title} for paper in report.removed]
    return {**asdict(report.report), "removed": removed}
