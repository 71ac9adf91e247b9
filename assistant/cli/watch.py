"""``assistant watch add | list | remove | run``: saved searches. See also `watch_zotero`."""

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    SetOption,
    folder_from,
    settings_from,
)
from assistant.cli.terminal.output import print_error, print_json
from assistant.cli.terminal.search_options import (
    DEFAULT_MAX,
    ArxivOption,
    HuggingFaceOption,
    MaxOption,
    add_results,
    searches_from,
)
from assistant.cli.watch_zotero import WatchGroup, zotero
from assistant.errors import InputError, NetworkError

if TYPE_CHECKING:
    from assistant.sources import SavedSearch, SearchReport

_SOME_FAILED = 2

app = typer.Typer(
    cls=WatchGroup,
    help="Save searches of arXiv and Hugging Face Papers, and add new papers from them; keep up "
    "with Zotero.",
    no_args_is_help=True,
)
app.command("zotero")(zotero)


@app.command()
def add(
    arxiv: ArxivOption = None,
    hugging_face: HuggingFaceOption = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Default: the words of QUERY.")
    ] = None,
    limit: MaxOption = DEFAULT_MAX,
    library: LibraryOption = None,
) -> None:
    """Save a search, without running it.

    Example:
        $ assistant watch add --arxiv "cat:cs.CL AND training scheme" --name schemes
        Saved as schemes. `assistant watch run` adds new papers from it.
    """
    from assistant.sources import save_search

    searches = searches_from(arxiv, hugging_face, limit)
    if len(searches) != 1:
        raise InputError("Give one search, with either --arxiv QUERY or --hf-papers QUERY.")
    saved = save_search(folder_from(library), searches[0], name)
    typer.echo(f"Saved as {saved.name}. `assistant watch run` adds new papers from it.")


@app.command("list")
def list_command(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List the saved searches.

    Example:
        $ assistant watch list
        schemes  arXiv  "cat:cs.CL AND training scheme", up to 100, last run 2026-11-24 08:00
    """
    from assistant.sources import saved_searches

    saved = saved_searches(folder_from(library))
    if as_json:
        print_json([_as_dict(one) for one in saved])
        return
    width = max((len(one.name) for one in saved), default=0)
    for one in saved:
        when = f"last run {one.last_run:%Y-%m-%d %H:%M}" if one.last_run else "never run"
        search = one.search
        typer.echo(
            f'{one.name:<{width}}  {search.source.name}  "{search.query}", '
            f"up to {search.limit}, {when}"
        )


@app.command()
def remove(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name from `assistant watch list`.")
    ],
    library: LibraryOption = None,
) -> None:
    """Remove a saved search, but not the papers that it found.

    Example:
        $ assistant watch remove schemes
        schemes removed
    """
    from assistant.sources import remove_search

    remove_search(folder_from(library), name)
    typer.echo(f"{name} removed")


@app.command()
def run(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help="The searches to run; default: all."),
    ] = None,
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run saved searches, add the new papers, and list them.

    Results are fetched newest first until the library has them all. If a search fails, the others
    still run, and the exit code is 2.

    Example:
        $ assistant watch run
        schemes: 1 added, 99 unchanged
            Teaching Parrots to Count (arxiv:1901.00001)
    """
    from assistant.sources import get_saved_searches, record_run

    folder = folder_from(library)
    searches = get_saved_searches(folder, names or [])
    results: list[dict[str, Any]] = []
    with open_assistant(library, settings_from(changes), samples=False) as assistant:
        for saved in searches:
            try:
                report = add_results(assistant.library, saved.search, newest_first=True)
            except (InputError, NetworkError) as error:
                results.append({"name": saved.name, "error": str(error)})
                print_error(f"{saved.name}: {error}")
                continue
            record_run(folder, saved.name)
            results.append({"name": saved.name, **_report_as_dict(report)})
            if not as_json:
                _print_report(saved.name, report)
    if as_json:
        print_json(results)
    if any("error" in result for result in results):
        raise typer.Exit(_SOME_FAILED)


def _print_report(name: str, report: "SearchReport") -> None:
    typer.echo(replace(report.report, name=name))
    for paper in report.new:
        typer.echo(f"    {paper.title} ({paper.id})")


def _report_as_dict(report: "SearchReport") -> dict[str, Any]:
    counts = asdict(report.report)
    del counts["name"]
    new = [{"paper_id": paper.id, "title": paper.title} for paper in report.new]
    return {"found": report.found, **counts, "new": new}


def _as_dict(saved: "SavedSearch") -> dict[str, Any]:
    return {
        "name": saved.name,
        "source": saved.search.source.key,
        "query": saved.search.query,
        "limit": saved.search.limit,
        "last_run": saved.last_run.isoformat() if saved.last_run else None,
    }
