"""Papers: the record, the readers that make records from files, and the sample library."""

from assistant.papers.paper import Paper, paper_id
from assistant.papers.readers import read_file
from assistant.papers.sample import sample_papers
from assistant.papers.sentences import Span, sentence_spans

__all__ = ["Paper", "Span", "paper_id", "read_file", "sample_papers", "sentence_spans"]
