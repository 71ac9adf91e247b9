"""``assistant papers cite``: print a reference to a paper."""

from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.papers.find import find_paper
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import LibraryOption, folder_from


def cite(
    paper: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or the beginning of the title.")
    ],
    style: Annotated[
        str,
        typer.Option(
            "--style",
            metavar="STYLE",
            help="apa, chicago, harvard, ieee, mla, vancouver or bibtex; or a CSL style: a file, "
            "or the name of one in the folder styles of the library.",
        ),
    ] = "apa",
    library: LibraryOption = None,
) -> None:
    """Print a reference to a paper, by default in the style of APA.

    Some ten thousand styles in the Citation Style Language (CSL) are at
    https://github.com/citation-style-language/styles.

    Example:
        $ assistant papers cite "teaching parrots" --style ieee
        A. Frost, “Teaching Parrots to Count,” 2019, arXiv:1901.00001.
        $ assistant papers cite "teaching parrots" --style nature.csl
        1. Frost, A. Teaching Parrots to Count. (2019).
    """
    from assistant.papers.references import find_style, format_reference

    chosen = find_style(style, folder_from(library))
    with closing(open_catalogue(library)) as catalogue:
        found = find_paper(catalogue.papers(), paper)
    typer.echo(format_reference(found, chosen))
