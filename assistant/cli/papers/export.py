"""``assistant papers export``: the papers of a library for other programs."""

from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assistant.atomic_write import write_whole
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import LibraryOption
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError
from assistant.papers.selection import select
from assistant.papers.writers import FORMAT_OF_SUFFIX, WRITERS


class Format(StrEnum):
    """What papers are written as."""

    BIBTEX = "bibtex"
    RIS = "ris"
    CSV = "csv"
    JSONL = "jsonl"
    MD = "md"


FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="CONDITION",
        help="year>=2023 (or = > < <=), source=TEXT, author=TEXT, title=TEXT, id=TEXT, or "
        "words that the papers contain. Of several all must hold.",
    ),
]


def export(
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="By default what the ending of FILE says."),
    ] = None,
    filters: FilterOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Where to; by default standard output."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it is there.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write the papers of the library as BibTeX, RIS, CSV, JSON Lines or Markdown.

    `assistant add` reads all of them back.

    Example:
        $ assistant papers export --filter "year>=2019" --filter parrots --out parrots.bib
        1 paper written to parrots.bib
    """
    writer = WRITERS[_format(as_format, out)]
    with closing(open_catalogue(library)) as catalogue:
        papers = select(catalogue.papers(), filters or ())
    if out is None:
        for piece in writer.write(papers):
            typer.echo(piece, nl=False)
        return
    write_whole(out, writer.write(papers), overwrite=force)
    print_note(f"{len(papers)} {'paper' if len(papers) == 1 else 'papers'} written to {out}")


def _format(given: Format | None, out: Path | None) -> str:
    by_name = FORMAT_OF_SUFFIX.get(out.suffix.lower()) if out else None
    if given or by_name:
        return given or by_name or ""
    raise InputError(
        f"Say in which format with --format {'|'.join(WRITERS)}, or end the name of FILE with "
        f"{', '.join(FORMAT_OF_SUFFIX)}."
    )
