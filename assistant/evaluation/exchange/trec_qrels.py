"""The papers that a question set is about as TREC relevance judgements, for its TREC run."""

from collections.abc import Iterator

from assistant.evaluation.ranking import trec
from assistant.evaluation.run import Run
from assistant.papers import paper_id

NAME = "TREC qrels"


def write(run: Run) -> Iterator[str]:
    """Yield a line for each paper of each question."""
    for question, _ in run.results:
        relevant = {paper_id(title): 1 for title in question.papers}
        yield from trec.qrels_lines(question.id, relevant)
