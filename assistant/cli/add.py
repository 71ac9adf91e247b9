"""``assistant add``: papers into the library."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.opening import open_assistant
from assistant.cli.options import JsonOption, LibraryOption, SetOption, settings_from
from assistant.cli.show import indexing, print_json
from assistant.papers import read_file


def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Saved pages or JSON Lines.")],
    library: LibraryOption = None,
    changes: SetOption = None,
    as_json: JsonOption = False,
) -> None:
    """Add the papers in some files to the library.

    Papers that are there already are updated if they changed. A new library holds these papers
    alone, without the samples. All files are read before any paper is stored, and a cut at any
    point does no harm: run the command again.

    Example:
        $ assistant add search-page.txt references.jsonl --library ~/papers
        109 added, 3 unchanged
    """
    papers = [paper for file in files for paper in read_file(file)]
    with (
        open_assistant(library, settings_from(changes), samples=False) as assistant,
        indexing() as on_progress,
    ):
        report = assistant.library.add(papers, on_progress)
    if as_json:
        print_json(asdict(report))
    else:
        typer.echo(report)
