"""Retrieval: from a question to ranked papers and evidence sentences."""

from assistant.retrieval.evidence import Evidence, paper_text_without_instructions, select_evidence
from assistant.retrieval.metadata_match import put_named_papers_first
from assistant.retrieval.retrieve import RankedPaper, Retrieval, restrict_evidence, retrieve
from assistant.retrieval.spelling import Correction, correct_spelling

__all__ = [
    "Correction",
    "Evidence",
    "RankedPaper",
    "Retrieval",
    "correct_spelling",
    "paper_text_without_instructions",
    "put_named_papers_first",
    "restrict_evidence",
    "retrieve",
    "select_evidence",
]
