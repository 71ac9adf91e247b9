"""``assistant papers complete``: look up missing abstracts."""

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.papers.find import find_paper
from assistant.cli.terminal.open import open_library
from assistant.cli.terminal.options import JsonOption, LibraryOption
from assistant.cli.terminal.output import print_json

if TYPE_CHECKING:
    from assistant.library import Library
    from assistant.papers import Paper
    from assistant.sources.complete import Completion

# An interruption loses what was found for at most this many papers.
_PAPERS_AT_A_TIME = 20


def complete(
    papers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]...",
            help="Ids, or beginnings of titles; default: all papers without an abstract.",
        ),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Look up the abstracts of papers that have none.

    arXiv, Crossref, OpenAlex, Europe PMC and Semantic Scholar are asked for the papers' ids, over
    the network. A record that contradicts the title or authors of a paper is not used. Other
    missing fields are filled in too. If the command is interrupted, run it again.

    Example:
        $ assistant papers complete
        doi:10.5555/parrots  abstract from Europe PMC
        title:5be1f0f0c1a2   no id that a service knows: neither a DOI nor an arXiv, ... id
        1 completed, 1 left without an abstract
    """
    with closing(open_library(library)) as opened:
        known = opened.catalogue.papers()
        named = [find_paper(known, key) for key in papers] if papers else known
        lacking = [paper for paper in dict.fromkeys(named) if not paper.abstract]
        outcomes = _complete(opened, lacking, is_shown=not as_json)
    count = sum(outcome.record is not None for outcome in outcomes)
    if as_json:
        print_json(
            {
                "completed": count,
                "left": len(outcomes) - count,
                "papers": [_as_dict(outcome) for outcome in outcomes],
            }
        )
    elif not lacking:
        typer.echo("Every paper has an abstract.")
    else:
        typer.echo(f"{count} completed, {len(outcomes) - count} left without an abstract")


def _complete(library: "Library", lacking: "list[Paper]", *, is_shown: bool) -> "list[Completion]":
    from assistant.sources.complete import look_up

    outcomes: list[Completion] = []
    found: list[Paper] = []
    width = max((len(paper.id) for paper in lacking), default=0)
    try:
        for outcome in look_up(lacking):
            outcomes.append(outcome)
            if is_shown:
                typer.echo(f"{outcome.paper.id:<{width}}  {_said(outcome)}")
            if outcome.record is not None:
                found.append(outcome.record)
            if len(found) == _PAPERS_AT_A_TIME:
                library.add(found)
                found = []
    finally:  # what was found before an interruption is kept
        if found:
            library.add(found)
    return outcomes


def _said(outcome: "Completion") -> str:
    return f"abstract from {outcome.record.source}" if outcome.record else outcome.reason


def _as_dict(outcome: "Completion") -> dict[str, str]:
    if outcome.record is None:
        return {"paper_id": outcome.paper.id, "reason": outcome.reason}
    return {"paper_id": outcome.paper.id, "source": outcome.record.source}
