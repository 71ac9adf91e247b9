"""Retrieval: from a question to ranked papers and evidence sentences."""

from assistant.retrieval.evidence import Evidence, readable_paper_text, select_evidence
from assistant.retrieval.metadata_match import put_named_papers_first
from assistant.retrieval.retrieve import RankedPaper, Retrieval, restrict_evidence, retrieve

__all__ = [
    "Evidence",
    "RankedPaper",
    "Retrieval",
    "put_named_papers_first",
    "readable_paper_text",
    "restrict_evidence",
    "retrieve",
    "select_evidence",
]
