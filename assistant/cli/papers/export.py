"""``assistant papers export``: write papers in formats that other programs read."""

from contextlib import closing
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import write_atomically
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import FilterOption, LibraryOption
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError

_BYTE_ORDER_MARK = "\ufeff"


class Format(StrEnum):
    """The format that papers are written in."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSL = "csl"
    CSV = "csv"
    JSONL = "jsonl"
    MD = "md"


def export(
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the extension of FILE."),
    ] = None,
    filters: FilterOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The output file; default: standard output."),
    ] = None,
    mark: Annotated[
        bool,
        typer.Option(
            "--bom/--no-bom",
            help="Begin a CSV file with a byte order mark, without which Excel shows accents "
            "wrongly.",
        ),
    ] = True,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write the papers of the library as BibTeX, RIS, CSL-JSON, CSV, JSON Lines or Markdown.

    `assistant add` reads all of these formats back without a loss.

    Example:
        $ assistant papers export --filter "year>=2019" --filter parrots --out parrots.bib
        1 paper written to parrots.bib
    """
    from assistant.papers.selection import select
    from assistant.papers.writers import WRITERS

    format_name = _format(as_format, out)
    writer = WRITERS[format_name]
    with closing(open_catalogue(library)) as catalogue:
        papers = select(catalogue.papers(), filters or ())
    if out is None:
        for piece in writer.write(papers):
            typer.echo(piece, nl=False)
        return
    start = [_BYTE_ORDER_MARK] if mark and format_name == Format.CSV else []
    write_atomically(out, chain(start, writer.write(papers)), overwrite=force)
    print_note(f"{len(papers)} {'paper' if len(papers) == 1 else 'papers'} written to {out}")


def _format(given: Format | None, out: Path | None) -> str:
    from assistant.papers.writers import FORMAT_OF_SUFFIX, WRITERS

    by_extension = FORMAT_OF_SUFFIX.get(out.suffix.lower()) if out else None
    if given or by_extension:
        return given or by_extension or ""
    raise InputError(
        f"Choose a format with --format {'|'.join(WRITERS)}, or name FILE with one of the "
        f"extensions {', '.join(FORMAT_OF_SUFFIX)}."
    )
