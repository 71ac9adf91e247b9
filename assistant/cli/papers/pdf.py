"""``assistant papers pdf``: print where the PDF of a paper is."""

from contextlib import closing
from typing import Annotated

import typer

from assistant.cli.papers.find import find_paper
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import LibraryOption, folder_from
from assistant.errors import InputError


def pdf(
    paper: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or the beginning of the title.")
    ],
    library: LibraryOption = None,
) -> None:
    """Print the path of the PDF that a paper was read from.

    Example:
        $ assistant papers pdf "teaching parrots"
        /home/ada/.local/share/paper-assistant/library/pdfs/9f86d081884c7d65....pdf
    """
    from assistant.library.pdfs import PaperPdfs

    with closing(open_catalogue(library)) as catalogue:
        found = find_paper(catalogue.papers(), paper)
        path = PaperPdfs(folder_from(library), catalogue).path(found)
    if path is None:
        raise InputError(
            f"The library has no PDF of {found.title!r}. Add it with `assistant add FILE`."
        )
    typer.echo(path)
