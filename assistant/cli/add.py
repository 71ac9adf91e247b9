"""``assistant add``: add papers to the library."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from assistant.cli.terminal.open import open_assistant
from assistant.cli.terminal.options import (
    JsonOption,
    LibraryOption,
    SetOption,
    folder_from,
    names_of_changes,
    settings_from,
)
from assistant.cli.terminal.output import print_json, progress_bar
from assistant.cli.terminal.search_options import (
    DEFAULT_MAX,
    ArxivOption,
    HuggingFaceOption,
    MaxOption,
    add_results,
    searches_from,
)
from assistant.cli.terminal.zotero import read_zotero
from assistant.errors import InputError

if TYPE_CHECKING:
    from assistant.library import AddReport
    from assistant.papers import Record


def add(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files, folders or zips; - for standard input. Also arxiv:2412.15115, "
            "doi:10.1000/182 or a paper's web address, which are fetched over the network, and "
            "zotero: or zotero:COLLECTION, from Zotero on this machine.",
        ),
    ] = None,
    arxiv: ArxivOption = None,
    hugging_face: HuggingFaceOption = None,
    limit: MaxOption = DEFAULT_MAX,
    library: LibraryOption = None,
    changes: SetOption = None,
    form: Annotated[
        Literal["hf-page"] | None,
        typer.Option(
            "--as",
            help="Read every text and web page as one that shows papers: a short paragraph is a "
            "title, the long one after it the abstract. By default only with evidence.",
        ),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Add papers from files or over the network.

    The format of a file is detected from its content (see docs/formats.md): PDF of a paper;
    Word document of a paper (.docx); e-book of a paper (.epub); Excel workbook (.xlsx); CSV
    exported by this program; Markdown exported by this program; Obsidian note exported by this
    program; arXiv abstract page, or another web page of a paper (HTML); Hugging Face Papers
    page (HTML); EndNote XML; Zotero RDF; JATS (journal articles, PubMed Central); MODS; DBLP
    XML; OAI-PMH (Dublin Core, arXiv, MODS, JATS); RSS feed of papers (arXiv, bioRxiv,
    journals); arXiv Atom feed; PubMed XML; JSON Lines; JSON; BibTeX; RIS; PubMed NBIB; EndNote
    refer (.enw); Web of Science plain text; CSV or TSV with a header; YAML of references, or a
    CITATION.cff; notes with labels (Title: ..., Abstract: ...); Markdown notes; Hugging Face
    Papers page (text).

    A paper that is already in the library is updated if the new record is more complete. A new
    library does not get the sample papers. If the command is interrupted, run it again. The PDFs
    of papers are kept in the library, unless the settings of the page or --set keep_pdfs=false say
    not to.

    Only papers and searches named on the command line use the network: arXiv, Hugging Face, and for
    a DOI Crossref, then OpenAlex, Europe PMC and Semantic Scholar if there is no abstract. An
    interrupted search resumes.

    Example:
        $ assistant add search-page.txt references.bib --library ~/papers
        search-page.txt: 109 added
        references.bib: 12 added, 3 updated; 2 skipped: no abstract (smith2020, jones1999)
        121 added, 3 updated, 2 skipped
        $ assistant add arxiv:2412.15115 --arxiv "cat:cs.CL AND training scheme" --max 200
        $ assistant add "zotero:My collection"
    """
    from assistant.chat.settings.saved_settings import with_saved_settings
    from assistant.sources import SearchInterruptedError, parse_zotero_reference

    searches = searches_from(arxiv, hugging_face, limit)
    inputs = inputs or []
    zotero = [parsed for name in inputs if (parsed := parse_zotero_reference(name))]
    others = [name for name in inputs if not parse_zotero_reference(name)]
    if not inputs and not searches:
        raise InputError("Name a file or a paper such as arxiv:2412.15115, or search with --arxiv.")
    settings = with_saved_settings(
        folder_from(library), settings_from(changes), names_of_changes(changes)
    )
    records = _records(others, as_page=form is not None, with_pdfs=settings.keep_pdfs)
    with open_assistant(library, settings, samples=False) as assistant:
        with progress_bar("Indexing papers") as on_progress:
            report = assistant.library.add(records, on_progress)
        for reference in zotero:
            added = read_zotero(assistant.library, reference).report
            report = replace(report, files=(*report.files, *added.files))
        try:
            for search in searches:
                found = add_results(assistant.library, search).report
                report = replace(report, files=(*report.files, found))
        except SearchInterruptedError as cut:
            report = replace(report, files=(*report.files, cut.report))
            raise
        finally:  # the report covers papers added before a search failed
            _print(report, as_json)


def _records(inputs: list[str], *, as_page: bool, with_pdfs: bool) -> Iterator["Record"]:
    """Return the papers of files and references. Papers are fetched before this returns."""
    from assistant.papers import read_files
    from assistant.sources import fetch, is_reference

    references = [name for name in inputs if is_reference(name)]
    files = [name for name in inputs if not is_reference(name)]
    # Raises at once if a file is missing.
    from_files = read_files(*files, as_page=as_page, with_pdfs=with_pdfs) if files else ()
    return chain(fetch(references), from_files)


def _print(report: "AddReport", as_json: bool) -> None:
    if as_json:
        print_json(_as_dict(report))
    else:
        print_report(report)


def print_report(report: "AddReport") -> None:
    """Print a line for each file, then the totals; only the totals of one file without skips."""
    if len(report.files) > 1 or any(file.has_notes for file in report.files):
        for file in report.files:
            typer.echo(file)
            for records in file.skipped:
                if records.is_shortened:
                    typer.echo(f"  {records.reason}: {', '.join(records.places)}")
    typer.echo(report)


def _as_dict(report: "AddReport") -> dict[str, Any]:
    totals = ("added", "updated", "unchanged", "skipped")
    return {name: getattr(report, name) for name in totals} | asdict(report)
