"""``assistant papers list | show | remove | reindex | read``, and the group with all commands."""

from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.papers.cite import cite
from assistant.cli.papers.complete import complete
from assistant.cli.papers.export import export
from assistant.cli.papers.find import find_paper
from assistant.cli.papers.merge import merge, split
from assistant.cli.papers.pdf import pdf
from assistant.cli.terminal.open import open_assistant, open_catalogue, open_library
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    ModelOption,
    folder_from,
    settings_from,
)
from assistant.cli.terminal.output import print_json, progress_bar, stdout_console
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.papers import Paper

app = typer.Typer(
    help="List, show, complete, export, remove and reindex papers, and prepare them for faster "
    "answers.",
    no_args_is_help=True,
)
app.command()(export)
app.command()(cite)
app.command()(complete)
app.command()(merge)
app.command()(split)
app.command()(pdf)


@app.command("list")
def list_command(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the papers in the order in which they were added.

    Example:
        $ assistant papers list
        arxiv:1901.00001    Teaching Parrots to Count (2019)
        title:5be1f0f0c1a2  Glacier Melt Seen from Balloons
    """
    with closing(open_catalogue(library)) as catalogue:
        papers = catalogue.papers()
    if as_json:
        print_json([_as_dict(paper) for paper in papers])
        return
    width = max((len(paper.id) for paper in papers), default=0)
    for paper in papers:
        year = f" ({paper.year})" if paper.year else ""
        typer.echo(f"{paper.id:<{width}}  {paper.title}{year}")


@app.command()
def show(
    paper: Annotated[
        str, typer.Argument(metavar="ID", help="The id, or the beginning of the title.")
    ],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a paper with its abstract and its extra fields, such as a note in the bibliography.

    Example:
        $ assistant papers show "teaching parrots"
        Teaching Parrots to Count
        2019, arxiv:1901.00001, https://arxiv.org/abs/1901.00001

        Six parrots learn to count walnuts up to eight. Half of the birds ...
    """
    from rich.filesize import decimal

    from assistant.library.pdfs import PaperPdfs

    folder = folder_from(library)
    with closing(open_catalogue(library)) as catalogue:
        found = find_paper(catalogue.papers(), paper)
        file = PaperPdfs(folder, catalogue).path(found)
    if as_json:
        print_json(_as_dict(found))
        return
    year = str(found.year or "")
    details = (", ".join(found.authors), found.venue or "", year, found.id, found.link or "")
    console = stdout_console()
    console.print(found.title, style="bold")
    console.print(", ".join(filter(None, details)), style="dim")
    for name, text in found.extra:
        console.print(f"{name}: {text}", style="dim")
    console.print(f"\n{found.abstract or 'No abstract.'}")
    if found.pdf and file:
        size, page = decimal(file.stat().st_size), found.pdf.abstract_page
        console.print(f"\nPDF of {size}, its abstract on page {page}", style="dim")


@app.command()
def remove(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID", help="Ids from `assistant papers list`.")
    ],
    library: LibraryOption = None,
) -> None:
    """Remove papers; remove none if one of the ids is unknown.

    Example:
        $ assistant papers remove arxiv:1901.00001
        1 removed
    """
    with closing(open_library(library)) as opened:
        known = {paper.id for paper in opened.catalogue.papers(ids)}
        unknown = [id_ for id_ in ids if id_ not in known]
        if unknown:
            raise InputError(
                f"No paper has the id {', '.join(unknown)}; none was removed. "
                "See `assistant papers list` for the ids."
            )
        removed = opened.remove(ids)
    typer.echo(f"{len(removed)} removed")


@app.command()
def reindex(
    embedder: Annotated[
        str | None,
        typer.Option(
            metavar="EMBEDDER",
            help="A name from `assistant models list` or a sentence-transformers folder; "
            "default: the one that the library is indexed with.",
        ),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Rebuild the index of all papers, with another embedder if one is given.

    Example:
        $ assistant papers reindex --embedder all-minilm-l6-v2
        109 papers indexed with all-minilm-l6-v2
    """
    with (
        closing(open_library(library, embedder)) as opened,
        progress_bar("Indexing papers") as on_progress,
    ):
        opened.reindex(on_progress)
        count = opened.catalogue.count()
    typer.echo(f"{count} papers indexed with {opened.embedder.name}")


@app.command()
def read(
    papers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...", help="Ids, or beginnings of titles; default: all papers."
        ),
    ] = None,
    read_all: Annotated[bool, typer.Option("--all", help="Read all papers (the default).")] = False,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """Read papers into the reading cache in advance, so that answers about them start sooner.

    Papers used by a question are read in the background anyway. If the command is interrupted, at
    most one paper has to be read again.

    Example:
        $ assistant papers read
        109 papers read, 0 already in the cache
    """
    if papers and read_all:
        raise InputError("Either name papers or use --all, not both.")
    with open_assistant(library, settings_from(None, model)) as assistant:
        known = assistant.papers()
        selected = (
            list(dict.fromkeys(find_paper(known, key) for key in papers)) if papers else known
        )
        with progress_bar("Reading papers") as on_progress:
            count = assistant.read(on_progress, papers=selected)
    typer.echo(f"{count} papers read, {len(selected) - count} already in the cache")


def _as_dict(paper: "Paper") -> dict[str, Any]:
    from assistant.papers.pdf_file import pdf_to_json

    changed = {
        "url": paper.link,
        "ids": dict(paper.ids),
        "extra": dict(paper.extra),
        "pdf": pdf_to_json(paper.pdf) if paper.pdf else None,
    }
    return {"paper_id": paper.id, **asdict(paper), **changed}
