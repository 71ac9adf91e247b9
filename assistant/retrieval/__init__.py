"""Retrieval: from a question to ranked papers and the sentences that may answer it."""

from assistant.retrieval.evidence import Evidence, choose_evidence
from assistant.retrieval.retrieve import RankedPaper, Retrieval, narrow, retrieve

__all__ = ["Evidence", "RankedPaper", "Retrieval", "choose_evidence", "narrow", "retrieve"]
