"""``assistant add``: papers into the library."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.show import indexing, print_json
from assistant.papers import read_files

if TYPE_CHECKING:
    from assistant.library import AddReport


def add(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Files, folders or zips; - is standard input."),
    ],
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the papers in some files to the library.

    Each file is read for what it holds, whatever it is called: docs/formats.md lists the formats.
    Papers that are there already take what is richer. A new library holds these papers alone,
    without the samples. A cut at any point does no harm: run the command again.

    Example:
        $ assistant add search-page.txt references.bib --library ~/papers
        search-page.txt: 109 added
        references.bib: 12 added, 3 updated; 2 skipped: no abstract (smith2020, jones1999)
        121 added, 3 updated, 2 skipped
    """
    records = read_files(*files)
    with (
        open_assistant(library, settings_from(changes), samples=False) as assistant,
        indexing() as on_progress,
    ):
        report = assistant.library.add(records, on_progress)
    if as_json:
        print_json(_as_data(report))
    else:
        print_report(report)


def print_report(report: "AddReport") -> None:
    """Print what became of each file, then the sums; of a single file without skips these alone."""
    if len(report.files) > 1 or any(file.skipped for file in report.files):
        for file in report.files:
            typer.echo(file)
    typer.echo(report)


def _as_data(report: "AddReport") -> dict[str, Any]:
    sums = ("added", "updated", "unchanged", "skipped")
    return {name: getattr(report, name) for name in sums} | asdict(report)
