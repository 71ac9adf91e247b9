"""``assistant papers list | show | remove | reindex | read | export``: the papers of a library."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.papers.export import export
from assistant.cli.terminal.open import open_assistant, open_catalogue, open_library
from assistant.cli.terminal.options import JsonOption, LibraryOption, ModelOption, settings_from
from assistant.cli.terminal.output import indexing, output, print_json
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.papers import Paper

_TITLES_NAMED = 3

app = typer.Typer(
    help="See, export, remove, index again and read ahead the papers of the library.",
    no_args_is_help=True,
)
app.command()(export)


@app.command("list")
def list_command(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the papers, in the order in which they were added.

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
    paper: Annotated[str, typer.Argument(metavar="ID", help="Its id, or how its title begins.")],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show one paper with its abstract.

    Example:
        $ assistant papers show "teaching parrots"
        Teaching Parrots to Count
        2019, arxiv:1901.00001, https://arxiv.org/abs/1901.00001

        Six parrots learn to count walnuts up to eight. Half of the birds ...
    """
    with closing(open_catalogue(library)) as catalogue:
        found = find_paper(catalogue.papers(), paper)
    if as_json:
        print_json(_as_dict(found))
        return
    facts = (", ".join(found.authors), str(found.year or ""), found.id, found.link or "")
    console = output()
    console.print(found.title, style="bold")
    console.print(", ".join(filter(None, facts)), style="dim")
    console.print(f"\n{found.abstract}")


@app.command()
def remove(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID", help="Ids, as `assistant papers list` shows them.")
    ],
    library: LibraryOption = None,
) -> None:
    """Remove papers; if one of the ids is not there, remove none.

    Example:
        $ assistant papers remove arxiv:1901.00001
        1 removed
    """
    with closing(open_library(library)) as opened:
        there = {paper.id for paper in opened.catalogue.papers(ids)}
        unknown = [id_ for id_ in ids if id_ not in there]
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
            "by default the one the library was indexed with.",
        ),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Make the index of all papers again, with another embedder if one is given.

    Example:
        $ assistant papers reindex --embedder all-minilm-l6-v2
        109 papers indexed with all-minilm-l6-v2
    """
    with closing(open_library(library, embedder)) as opened, indexing() as on_progress:
        opened.reindex(on_progress)
        count = opened.catalogue.count()
    typer.echo(f"{count} papers indexed with {opened.embedder.name}")


@app.command()
def read(
    papers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Their ids, or how their titles begin."),
    ] = None,
    read_all: Annotated[
        bool, typer.Option("--all", help="All papers, as if none is named.")
    ] = False,
    library: LibraryOption = None,
    model: ModelOption = None,
) -> None:
    """Let the model read papers ahead, all if none is named: answers about them begin sooner.

    Papers that a question came upon are read by themselves afterwards. A cut costs one paper.

    Example:
        $ assistant papers read
        109 papers read, 0 had been
    """
    if papers and read_all:
        raise InputError("Either name papers or use --all, not both.")
    with open_assistant(library, settings_from(None, model)) as assistant:
        there = assistant.papers()
        wanted = list(dict.fromkeys(find_paper(there, one) for one in papers)) if papers else there
        with indexing("Reading papers") as on_progress:
            count = assistant.read(on_progress, papers=wanted)
    typer.echo(f"{count} papers read, {len(wanted) - count} had been")


def find_paper(papers: "Sequence[Paper]", wanted: str) -> "Paper":
    """Return the paper with an id, or else the only one whose title begins so, in any case.

    Raises:
        InputError: there is none, or more than one.
    """
    for paper in papers:
        if paper.id == wanted:
            return paper
    begun = [paper for paper in papers if paper.title.casefold().startswith(wanted.casefold())]
    if not begun:
        raise InputError(
            f"No paper has the id {wanted!r} or a title that begins so. "
            "See `assistant papers list` for both."
        )
    if len(begun) > 1:
        titles = "; ".join(paper.title for paper in begun[:_TITLES_NAMED])
        raise InputError(
            f"The titles of {len(begun)} papers begin with {wanted!r}, such as: {titles}. "
            "Give more of the title, or the id."
        )
    return begun[0]


def _as_dict(paper: "Paper") -> dict[str, Any]:
    return {"paper_id": paper.id, **asdict(paper), "url": paper.link}
