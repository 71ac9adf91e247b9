"""``assistant table``: one row a paper, filled by the model, each cell with its quote."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import check_free, write_whole
from assistant.cli.papers.export import FilterOption
from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import LibraryOption, ModelOption, SetOption, settings_from
from assistant.cli.terminal.output import indexing, print_note
from assistant.errors import InputError
from assistant.models import locate
from assistant.papers.selection import select


class Format(StrEnum):
    """What a table is written as."""

    CSV = "csv"
    MD = "md"
    HTML = "html"


def table(
    columns: Annotated[
        str, typer.Argument(metavar="COLUMNS", help='Such as "method, task, datasets".')
    ],
    filters: FilterOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to; by default standard output."),
    ] = None,
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="By default what the ending of FILE says, else Markdown."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    library: LibraryOption = None,
    model: ModelOption = None,
    changes: SetOption = None,
) -> None:
    """Fill a table of the papers, a row each; a cell stands only if the abstract holds it.

    Every cell comes with the sentence that it stands on. Rows are kept as they are filled: after
    Ctrl-C the same command goes on where it was.

    Example:
        $ assistant table "method, task" --filter parrots --out parrots.md
        1 row written to parrots.md
    """
    from assistant.answering.table.export import table_text
    from assistant.answering.table.extract import parse_columns
    from assistant.library import PaperProgress

    names = parse_columns(columns)
    chosen = _format(as_format, out)
    if out is not None:
        check_free(out, overwrite=force)
    settings = settings_from(changes, model)
    locate(settings.model)  # a model that is not here is told before papers are indexed
    with open_assistant(library, settings) as assistant:
        papers = select(assistant.papers(), filters or ())
        rows = []
        with indexing("Filling rows") as on_progress:
            on_progress(PaperProgress(0, len(papers)))
            for row in assistant.table(names, papers):
                rows.append(row)
                on_progress(PaperProgress(len(rows), len(papers)))
    text = table_text(rows, names, chosen)
    if out is None:
        for piece in text:
            typer.echo(piece, nl=False)
        return
    write_whole(out, text, overwrite=force)
    print_note(f"{len(rows)} {'row' if len(rows) == 1 else 'rows'} written to {out}")


def _format(given: Format | None, out: Path | None) -> str:
    ending = out.suffix.lower().removeprefix(".") if out else Format.MD.value
    if given is not None:
        return given.value
    if ending in list(Format):
        return ending
    raise InputError("End the name of FILE with .csv, .md or .html, or say --format.")
