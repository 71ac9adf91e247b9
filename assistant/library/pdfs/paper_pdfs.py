"""The PDFs of a library's papers: stored and deleted along with the papers, and opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from assistant.library.catalogue import Catalogue
from assistant.library.pdfs.store import PdfStore
from assistant.library.storage.disk_errors import disk_errors_as_library_errors
from assistant.papers import Paper, Record, Skipped
from assistant.papers.files.pdf_process import NotReadError, find_page
from assistant.text.sentences import Span


class PaperPdfs:
    """The PDFs of the papers of one catalogue.

    Methods that write raise `LibraryError` if the disk cannot be written.

    Attributes:
        store: the files.
    """

    def __init__(self, library: Path, catalogue: Catalogue) -> None:
        """Use the PDFs in a library folder."""
        self.store = PdfStore(library)
        self._folder = library
        self._catalogue = catalogue

    # -- writing ------------------------------------------------------------------------------

    def with_stored_pdf(self, record: Record) -> Record:
        """Store the PDF of a record that was just read; return the record to add to the library.

        A record without a file refers to a PDF in the store. A PDF that exists nowhere is dropped.
        """
        if isinstance(record, Skipped) or record.pdf is None:
            return record
        pdf = replace(record.pdf, path=None)
        with disk_errors_as_library_errors(self._folder):
            if record.pdf.path is not None and record.pdf.path.exists():
                pdf = replace(pdf, sha256=self.store.add(record.pdf.path))
            return replace(record, pdf=pdf if self.store.has(pdf.sha256) else None)

    @contextmanager
    def removing(self, *, keep: bool) -> Iterator[None]:
        """Delete the files of the papers that the block removes.

        Args:
            keep: whether to keep them for a day, so that the papers can be added again.
        """
        before = self._catalogue.pdfs.used()
        yield
        unused = before - self._catalogue.pdfs.used()
        with disk_errors_as_library_errors(self._folder):
            if keep:
                self.store.protect_for_a_day(unused)
            else:
                self.store.delete(unused)

    def purge(self) -> None:
        """Delete the files that no paper has, unless a paper had them within the last day."""
        with disk_errors_as_library_errors(self._folder):
            self.store.purge(self._catalogue.pdfs.used())

    # -- reading ------------------------------------------------------------------------------

    def path(self, paper: Paper) -> Path | None:
        """Return the path of a paper's PDF; None if it has none."""
        if paper.pdf is None or not self.store.has(paper.pdf.sha256):
            return None
        return self.store.path(paper.pdf.sha256)

    def page(self, paper: Paper, span: Span | None = None) -> int:
        """Return the number of the page of a paper's PDF that contains a part of its abstract.

        If the part is not found, or the search takes too long, this is the page on which the
        abstract begins.

        Args:
            paper: the paper.
            span: a part of the abstract, such as a cited sentence; None for its beginning.
        """
        path = self.path(paper)
        first = paper.pdf.abstract_page if paper.pdf else 1
        if path is None or span is None:
            return first
        try:
            return _page_of(path, span.of(paper.abstract), first) or first
        except NotReadError:
            return first


@lru_cache(maxsize=1024)
def _page_of(path: Path, sentence: str, first: int) -> int | None:
    """Return the page of a sentence. The path is a content hash, so the result never changes.

    Raises:
        NotReadError: see `find_page`. Errors are not cached: the machine may have been busy.
    """
    return find_page(path, sentence, first)
