"""``assistant papers export``: write papers in formats that other programs read."""

from collections.abc import Iterator
from contextlib import closing
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.atomic_write import write_atomically
from assistant.cli.terminal.open import open_catalogue
from assistant.cli.terminal.options import FilterOption, LibraryOption, folder_from
from assistant.cli.terminal.output import print_note
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.papers import Paper
    from assistant.papers.annotation import Annotated as AnnotatedPapers
    from assistant.papers.references import CslStyle

_BYTE_ORDER_MARK = "\ufeff"


class Format(StrEnum):
    """The format that papers are written in."""

    BIBTEX = "bibtex"
    BIBLATEX = "biblatex"
    RIS = "ris"
    CSL = "csl"
    ENDNOTE = "endnote"
    CSV = "csv"
    JSONL = "jsonl"
    MD = "md"
    OBSIDIAN = "obsidian"
    APA = "apa"
    CHICAGO = "chicago"
    HARVARD = "harvard"
    IEEE = "ieee"
    MLA = "mla"
    VANCOUVER = "vancouver"


def export(
    as_format: Annotated[
        Format | None,
        typer.Option("--format", help="Default: by the extension of FILE."),
    ] = None,
    style: Annotated[
        str | None,
        typer.Option(
            "--style",
            metavar="STYLE",
            help="Write a list of references in a CSL style: a file, or the name of one in the "
            "folder styles of the library.",
        ),
    ] = None,
    filters: FilterOption = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="The output file, for obsidian a folder; default: standard output.",
        ),
    ] = None,
    mark: Annotated[
        bool,
        typer.Option(
            "--bom/--no-bom",
            help="Begin a CSV file with a byte order mark, without which Excel shows accents "
            "wrongly.",
        ),
    ] = True,
    account: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Whose tags, collections and notes to write; default: those made without a login.",
        ),
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite FILE if it exists.")] = False,
    library: LibraryOption = None,
) -> None:
    """Write the papers of the library for other programs, or as a list of references.

    The formats are BibTeX, BibLaTeX, RIS, CSL-JSON, EndNote XML, CSV, JSON Lines, Markdown, and a
    folder of notes for Obsidian; `assistant add` reads all of them back without a loss. References
    are in the style of APA, Chicago, Harvard, IEEE, MLA or Vancouver, or in one of the Citation
    Style Language (https://github.com/citation-style-language/styles). Tags and notes from the page
    are written too: tags as keywords, or in fields of their own.

    Example:
        $ assistant papers export --filter "year>=2019" --filter parrots --out parrots.bib
        1 paper written to parrots.bib
        $ assistant papers export --format obsidian --out notes
        109 papers written to notes
        $ assistant papers export --style nature.csl --out references.txt
        109 papers written to references.txt
    """
    from assistant.papers.references import find_style
    from assistant.papers.selection import select

    if style and as_format:
        raise InputError("Either name a style or a format, not both.")
    written = find_style(style, folder_from(library)) if style else _format(as_format, out)
    with closing(open_catalogue(library)) as catalogue:
        papers = select(catalogue.papers(), filters or ())
        annotated = catalogue.annotations.of(account, [paper.id for paper in papers])
    if written == Format.OBSIDIAN:
        _write_folder(written, papers, annotated, out, overwrite=force)
    elif out is None:
        for piece in _pieces(written, papers, annotated):
            typer.echo(piece, nl=False)
        return
    else:
        start = [_BYTE_ORDER_MARK] if mark and written == Format.CSV else []
        write_atomically(out, chain(start, _pieces(written, papers, annotated)), overwrite=force)
    print_note(f"{len(papers)} {'paper' if len(papers) == 1 else 'papers'} written to {out}")


def _pieces(
    written: "str | CslStyle", papers: "list[Paper]", annotated: "AnnotatedPapers"
) -> Iterator[str]:
    from assistant.papers.references import reference_list
    from assistant.papers.writers import WRITERS

    if isinstance(written, str) and written in WRITERS:
        return WRITERS[written].write(papers, annotated)
    return reference_list(papers, written)


def _write_folder(
    format_name: str,
    papers: "list[Paper]",
    annotated: "AnnotatedPapers",
    folder: Path | None,
    *,
    overwrite: bool,
) -> None:
    """Write a file per paper; none if one of them exists and must not be overwritten."""
    from assistant.papers.writers import FOLDER_WRITERS

    if folder is None:
        raise InputError(f"Name a folder for the files with --out, such as --out {format_name}.")
    files = dict(FOLDER_WRITERS[format_name].write(papers, annotated))
    existing = [name for name in files if (folder / name).exists()]
    if existing and not overwrite:
        raise InputError(
            f"{folder / existing[0]} already exists. Use --force to overwrite the notes, or name "
            "another folder."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The folder {folder} cannot be created ({error.strerror}). Name another one."
        ) from error
    for name, text in files.items():
        write_atomically(folder / name, [text], overwrite=overwrite)


def _format(given: Format | None, out: Path | None) -> str:
    from assistant.papers.writers import FORMAT_OF_SUFFIX

    by_extension = FORMAT_OF_SUFFIX.get(out.suffix.lower()) if out else None
    if given or by_extension:
        return given or by_extension or ""
    raise InputError(
        f"Choose a format with --format {'|'.join(Format)}, or name FILE with one of the "
        f"extensions {', '.join(FORMAT_OF_SUFFIX)}."
    )
