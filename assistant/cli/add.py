"""``assistant add``: papers into the library."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.terminal.output import indexing, print_json
from assistant.cli.terminal.search_options import (
    DEFAULT_MAX,
    ArxivOption,
    HuggingFaceOption,
    MaxOption,
    add_results,
    searches_from,
)
from assistant.errors import InputError
from assistant.papers import Record, read_files

if TYPE_CHECKING:
    from assistant.library import AddReport


def add(
    named: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files, folders or zips; - is standard input. Or, over the network, "
            "arxiv:2412.15115, doi:10.1000/182, or the address of a paper's page.",
        ),
    ] = None,
    arxiv: ArxivOption = None,
    hugging_face: HuggingFaceOption = None,
    limit: MaxOption = DEFAULT_MAX,
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add papers to the library: those in files, or those that are asked for over the network.

    Each file is read for what it holds, whatever it is called: docs/formats.md lists the formats.
    Papers that are there already take what is richer. A new library holds these papers alone,
    without the samples. A cut at any point does no harm: run the command again.

    arXiv, Hugging Face, and for a DOI Crossref (then OpenAlex and Semantic Scholar, if it has no
    abstract) are asked only for what is named here. A search that was cut goes on where it was.

    Example:
        $ assistant add search-page.txt references.bib --library ~/papers
        search-page.txt: 109 added
        references.bib: 12 added, 3 updated; 2 skipped: no abstract (smith2020, jones1999)
        121 added, 3 updated, 2 skipped
        $ assistant add arxiv:2412.15115 --arxiv "cat:cs.CL AND training scheme" --max 200
    """
    from assistant.sources import SearchCutError

    searches = searches_from(arxiv, hugging_face, limit)
    if not named and not searches:
        raise InputError("Name a file, or a paper as arxiv:2412.15115, or search with --arxiv.")
    records = _records(named or [])
    with open_assistant(library, settings_from(changes), samples=False) as assistant:
        with indexing() as on_progress:
            report = assistant.library.add(records, on_progress)
        try:
            for search in searches:
                found = add_results(assistant.library, search).report
                report = replace(report, files=(*report.files, found))
        except SearchCutError as cut:
            report = replace(report, files=(*report.files, cut.report))
            raise
        finally:  # what is added by then stays, whatever becomes of the searches
            _print(report, as_json)


def _records(named: list[str]) -> Iterator[Record]:
    """Return the papers that are named; those on the network are all here when it returns."""
    from assistant.sources import fetch, is_reference

    references = [name for name in named if is_reference(name)]
    files = [name for name in named if not is_reference(name)]
    from_files = read_files(*files) if files else ()  # looks now whether they are there
    return chain(fetch(references), from_files)


def _print(report: "AddReport", as_json: bool) -> None:
    if as_json:
        print_json(_as_data(report))
    else:
        print_report(report)


def print_report(report: "AddReport") -> None:
    """Print what became of each file, then the sums; of a single file without skips these alone."""
    if len(report.files) > 1 or any(file.skipped for file in report.files):
        for file in report.files:
            typer.echo(file)
    typer.echo(report)


def _as_data(report: "AddReport") -> dict[str, Any]:
    sums = ("added", "updated", "unchanged", "skipped")
    return {name: getattr(report, name) for name in sums} | asdict(report)
