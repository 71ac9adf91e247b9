"""``assistant search``: rank papers for a question, without the language model."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import print_json, stdout_console

if TYPE_CHECKING:
    from assistant.retrieval import Evidence, RankedPaper, Retrieval


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="A question or a few words.")],
    count: Annotated[
        int | None, typer.Option("-k", metavar="N", min=1, help="Number of papers.")
    ] = None,
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Rank the papers for a question, and show the best sentence of each.

    Example:
        $ assistant search "counting birds" -k 2
        1. Teaching Parrots to Count (arxiv:1901.00001)
           "Six parrots learn to count walnuts up to eight."
        2. Glacier Melt Seen from Balloons (title:5be1f0f0c1a2)
           "We tie cameras to weather balloons and follow 14 glaciers in Norway."
    """
    settings = settings_from(changes)
    count = count or settings.papers_ranked
    # An answer needs the best sentences of a few papers. Here every paper shows one.
    settings = replace(settings, papers_read=count, evidence_sentences=sys.maxsize)
    with open_assistant(library, settings) as assistant:
        retrieval = assistant.search(query, limit=count)
    best = _best_sentences(retrieval)
    if as_json:
        papers = [_as_dict(ranked, best.get(ranked.paper.id)) for ranked in retrieval.papers]
        print_json({"question": query, "papers": papers})
        return
    for rank, ranked in enumerate(retrieval.papers, start=1):
        stdout_console().print(f"{rank}. {ranked.paper.title} ({ranked.paper.id})")
        if ranked.paper.id in best:
            stdout_console().print(f'   "{best[ranked.paper.id].text}"')


def _best_sentences(retrieval: "Retrieval") -> dict[str, "Evidence"]:
    """Return the best evidence of each paper, by paper id."""
    ascending = sorted(retrieval.evidence, key=lambda one: one.score)
    return {one.paper.id: one for one in ascending}


def _as_dict(ranked: "RankedPaper", best: "Evidence | None") -> dict[str, Any]:
    return {
        "paper_id": ranked.paper.id,
        "title": ranked.paper.title,
        "url": ranked.paper.link,
        "score": round(ranked.score, 4),
        "quote": best.text if best else None,
    }
