"""Papers, the readers and writers of their file formats, and the sample library."""

from assistant.papers.files.document import Document
from assistant.papers.files.read import read_document, read_files
from assistant.papers.paper import Paper, paper_id
from assistant.papers.record import Record, Skipped
from assistant.papers.sample import sample_papers

__all__ = [
    "Document",
    "Paper",
    "Record",
    "Skipped",
    "paper_id",
    "read_document",
    "read_files",
    "sample_papers",
]
