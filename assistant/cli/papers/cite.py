"""``assistant papers cite``: print a reference to a paper."""

from contextlib import closing
from enum import StrEnum
from typing import Annotated

import typer

from assistant.cli.papers.find import find_paper
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import LibraryOption


class Style(StrEnum):
    """The style of the reference."""

    APA = "apa"
    CHICAGO = "chicago"
    HARVARD = "harvard"
    IEEE = "ieee"
    MLA = "mla"
    VANCOUVER = "vancouver"
    BIBTEX = "bibtex"


def cite(
    paper: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or the beginning of the title.")
    ],
    style: Annotated[
        Style, typer.Option("--style", help="The style of the reference.")
    ] = Style.APA,
    library: LibraryOption = None,
) -> None:
    """Print a reference to a paper, by default in the style of APA.

    Example:
        $ assistant papers cite "teaching parrots" --style ieee
        A. Frost, “Teaching Parrots to Count,” 2019, arXiv:1901.00001.
    """
    from assistant.papers.references import format_reference

    with closing(open_catalogue(library)) as catalogue:
        found = find_paper(catalogue.papers(), paper)
    typer.echo(format_reference(found, style))
