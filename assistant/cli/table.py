"""``assistant table``: extract a table from the papers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import check_overwrite, write_atomically
from assistant.cli.terminal.open import check_model, open_assistant, print_missing_features
from assistant.cli.terminal.options import (
    EndpointOption,
    FilterOption,
    LibraryOption,
    ModelOption,
    SetOption,
    settings_from,
)
from assistant.cli.terminal.output import print_note, progress_bar
from assistant.errors import InputError


class Format(StrEnum):
    """The format of a written table."""

    CSV = "csv"
    MD = "md"
    HTML = "html"


def table(
    columns: Annotated[
        str, typer.Argument(metavar="COLUMNS", help='The columns, such as "method, task".')
    ],
    filters: FilterOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The output file; default: standard output."),
    ] = None,
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the extension of FILE, or Markdown."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
    model: ModelOption = None,
    endpoint: EndpointOption = None,
    changes: SetOption = None,
) -> None:
    """Extract a table from the papers, with a row for each.

    Every cell is checked against the abstract and comes with the sentence that supports it. Rows
    are stored as they are filled: after Ctrl-C the same command resumes.

    Example:
        $ assistant table "method, task" --filter parrots --out parrots.md
        1 row written to parrots.md
    """
    from assistant.answering.table.export import render_table
    from assistant.answering.table.extract import parse_columns
    from assistant.library import PaperProgress
    from assistant.papers.selection import select

    names = parse_columns(columns)
    chosen = _format(as_format, out)
    if out is not None:
        check_overwrite(out, overwrite=force)
    settings = settings_from(changes, model, endpoint)
    check_model(settings)
    with open_assistant(library, settings) as assistant:
        papers = select(assistant.papers(), filters or ())
        rows = []
        with progress_bar("Filling rows") as on_progress:
            on_progress(PaperProgress(0, len(papers)))
            for row in assistant.table(names, papers):
                rows.append(row)
                on_progress(PaperProgress(len(rows), len(papers)))
        print_missing_features(assistant)
    text = render_table(rows, names, chosen)
    if out is None:
        for piece in text:
            typer.echo(piece, nl=False)
        return
    write_atomically(out, text, overwrite=force)
    print_note(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} written to {out}")


def _format(given: Format | None, out: Path | None) -> str:
    extension = out.suffix.lower().removeprefix(".") if out else Format.MD.value
    if given is not None:
        return given.value
    if extension in list(Format):
        return extension
    raise InputError("Name FILE with the extension .csv, .md or .html, or use --format.")
