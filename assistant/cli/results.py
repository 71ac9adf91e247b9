"""``assistant results``: the numbers that the abstracts report."""

from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.atomic_write import check_overwrite, write_atomically
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import FilterOption, JsonOption, LibraryOption, folder_from
from assistant.cli.terminal.output import print_json, print_note, stdout_console
from assistant.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.library.results import Result


class Order(StrEnum):
    """The order of results."""

    PAPER = "paper"
    VALUE = "value"
    UNIT = "unit"
    MEASURES = "measures"
    DATA_SET = "data-set"


def results(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]", help="Only numbers with these words, such as accuracy ImageNet."
        ),
    ] = None,
    filters: FilterOption = None,
    order: Annotated[
        Order | None,
        typer.Option("--order", help="value: the largest first. Default: as in the library."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write a .csv, .json or .md file."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """List the numbers that the abstracts report, with what they measure and their sentences.

    They are read from the abstracts without a model. What cannot be read is left empty.

    Example:
        $ assistant results accuracy --order value
        93 percent accuracy on WalnutBench: Teaching Parrots to Count (arxiv:1901.00001)
           "Half of the birds reach an accuracy of 93 percent on the WalnutBench test."
        $ assistant results --filter "year>=2019" --out results.csv
        3 numbers written to results.csv
    """
    from assistant.library.results import ResultsIndex
    from assistant.library.results.export import render_results
    from assistant.library.results.find import ordered, with_words
    from assistant.papers.selection import select

    as_format = _format(out)
    if out is not None:
        check_overwrite(out, overwrite=force)
    with (
        closing(open_catalogue(library)) as catalogue,
        closing(ResultsIndex(folder_from(library), catalogue)) as index,
    ):
        found = index.of(select(catalogue.papers(), filters or ()))
    if words:
        found = with_words(found, " ".join(words))
    if order is not None:
        found = ordered(found, order.value)
    if out is not None:
        write_atomically(out, render_results(found, as_format), overwrite=force)
        print_note(f"{len(found)} {'number' if len(found) == 1 else 'numbers'} written to {out}")
    elif as_json:
        print_json([one.to_dict() for one in found])
    else:
        _print(found)


def _print(found: "Sequence[Result]") -> None:
    if not found:
        print_note("The abstracts report no numbers.")
    for one in found:
        place = f"on {one.data_set}" if one.data_set else ""
        what = " ".join(filter(None, (one.value, one.measures, place)))
        stdout_console().print(f"{what}: {one.paper.title} ({one.paper.id})")
        stdout_console().print(f'   "{one.quote}"')


def _format(out: Path | None) -> str:
    from assistant.library.results.export import FORMATS

    extension = out.suffix.lower().removeprefix(".") if out else FORMATS[0]
    if extension not in FORMATS:
        raise InputError("Name FILE with the extension .csv, .json or .md.")
    return extension
