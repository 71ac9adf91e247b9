"""``assistant papers merge | split``: correct which records count as the same paper."""

from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.terminal.open import open_library
from assistant.cli.terminal.options import LibraryOption


def merge(
    paper: Annotated[str, typer.Argument(metavar="ID", help="The paper to keep.")],
    duplicate: Annotated[str, typer.Argument(metavar="ID", help="The paper to merge into it.")],
    library: LibraryOption = None,
) -> None:
    """Merge two papers that are the same into one.

    `assistant papers split` undoes it.

    Example:
        $ assistant papers merge arxiv:1901.00001 title:5be1f0f0c1a2
        arxiv:1901.00001  Teaching Parrots to Count
    """
    with closing(open_library(library)) as opened:
        result = opened.merge(paper, duplicate)
    typer.echo(f"{result.id}  {result.title}")


def split(
    paper: Annotated[
        str, typer.Argument(metavar="ID", help="A paper that another was merged into.")
    ],
    library: LibraryOption = None,
) -> None:
    """Undo the last merge into a paper, whether by `assistant add` or `papers merge`.

    The two papers are not merged again when their files are added.

    Example:
        $ assistant papers split arxiv:1901.00001
        arxiv:1901.00001  Teaching Parrots to Count
        title:5be1f0f0c1a2  Teaching Parrots to Sing
    """
    with closing(open_library(library)) as opened:
        for part in opened.split(paper):
            typer.echo(f"{part.id}  {part.title}")
