"""Reading papers from files. The first reader that recognises a document's content reads it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

from assistant.errors import InputError
from assistant.papers.files.discover import display_names, documents
from assistant.papers.files.known_formats import NOT_READ, described
from assistant.papers.files.pdf_process import read_pdf
from assistant.papers.paper import Paper
from assistant.papers.readers import (
    READERS,
    Document,
    Reader,
    bibtex,
    find_reader,
    hf_html,
    hf_page,
    nbib,
    pdf,
    ris,
)
from assistant.papers.record import Record, Skipped

NO_PAPERS = "holds no papers that could be recognised"
# Their records may come after those of BibTeX, whose reader passes over other text.
_BESIDE_BIBTEX: tuple[Reader, ...] = (ris, nbib)
UNSURE = (
    "may show papers, but nothing else suggests it; if each short paragraph is the title of the "
    "abstract after it, add the file with --as hf-page"
)


def read_files(
    *files: str | Path, as_page: bool = False, with_pdfs: bool = True
) -> Iterator[Record]:
    """Return an iterator over the papers in files, and the skipped records.

    The files are read lazily, but up to the first paper they are read at once, so that errors are
    raised here. The source of each paper is the name of its file.

    Args:
        files: files, zips and folders, which are read recursively; ``-`` is standard input.
        as_page: whether to read every text and web page as a list of papers, taking a short
            paragraph as the title and a long one as the abstract, even without further evidence.
        with_pdfs: whether papers read from PDFs include the PDF. Its path is valid until the next
            record is requested.

    Raises:
        InputError: a file does not exist, or no file contains a paper.
    """
    paths = [Path(file).expanduser() for file in files]
    records = _records(paths, display_names(paths), as_page)
    if not with_pdfs:
        records = map(_without_pdf, records)
    first: list[Record] = []
    for record in records:
        first.append(record)
        if isinstance(record, Paper):
            return chain(first, records)
    raise InputError(
        _no_papers_message([record for record in first if isinstance(record, Skipped)])
    )


def _without_pdf(record: Record) -> Record:
    return replace(record, pdf=None) if isinstance(record, Paper) else record


def read_document(document: Document, *, as_page: bool = False) -> Iterator[Record]:
    """Yield the papers in a document, and what was skipped and why.

    Args:
        document: the document to read.
        as_page: see `read_files`.
    """
    if not document.first_bytes.strip():
        yield Skipped(document.name, "is empty")
        return
    reader = find_reader(document)
    read = read_pdf if reader is pdf else reader.read if reader is not None else None
    if as_page and document.is_text:
        read = hf_html.read_visible if hf_html.recognises(document) else hf_page.read
    if read is None:
        yield Skipped(document.name, _why_not_recognised(document))
        return
    is_empty = True
    try:
        for record in read(document):
            is_empty = False
            yield record
    except (InputError, OSError) as error:
        yield Skipped(document.name, str(error))
    else:
        if reader is bibtex:
            yield from _not_read_beside_bibtex(document)
        if is_empty:
            may_show = reader is hf_html and any(True for _ in hf_html.read_visible(document))
            yield Skipped(document.name, UNSURE if may_show else NO_PAPERS)


def _not_read_beside_bibtex(document: Document) -> Iterator[Skipped]:
    for other in _BESIDE_BIBTEX:
        if other.recognises(document):
            reason = f"also holds records of {other.NAME}; save them in a file of their own"
            yield Skipped(document.name, reason)


def _why_not_recognised(document: Document) -> str:
    if known := described(document):
        return known
    if not document.is_text:
        return "is a binary file"
    return UNSURE if hf_page.may_show_papers(document) else NO_PAPERS


def _records(paths: list[Path], names: list[str], as_page: bool) -> Iterator[Record]:
    for path, name in zip(paths, names, strict=True):
        for document in documents(path, name):
            if isinstance(document, Skipped):
                yield document
            else:
                yield from read_document(document, as_page=as_page)


def _no_papers_message(skipped: list[Skipped]) -> str:
    if not skipped:
        return "There are no papers in it: the folder or archive is empty. Name another one."
    first = skipped[0]
    if first.where:
        return f"{first.source} holds no papers. The first record, {first.where}: {first.reason}."
    if first.reason == UNSURE or NOT_READ in first.reason:
        return f"{first}."
    if first.reason != NO_PAPERS:
        return (
            f"{first}. Save it again, as text or in one of the formats of `assistant add --help`."
        )
    formats = ", ".join(reader.NAME for reader in READERS)
    return (
        f"{first}. Formats read: {formats}. A text must show each paper's title followed by its "
        "abstract."
    )
