"""The PDFs that a library keeps of its papers."""

from assistant.library.pdfs.paper_pdfs import PaperPdfs
from assistant.library.pdfs.store import FOLDER, PdfStore

__all__ = ["FOLDER", "PaperPdfs", "PdfStore"]
