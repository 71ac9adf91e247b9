"""The ranked papers of a run as a TREC run file, for trec_eval and the tools that read its files.

A document is a paper, with the id that is derived from its title (see `paper_id`).
"""

from collections.abc import Iterator

from assistant.evaluation.ranking import trec
from assistant.evaluation.run import Run
from assistant.papers import paper_id

NAME = "TREC run"


def write(run: Run) -> Iterator[str]:
    """Yield a line for each ranked paper of each question.

    The score is the reciprocal of the rank, because not every system reports scores.
    """
    tag = "-".join(run.manifest.system.split())
    for question, prediction in run.results:
        ids = dict.fromkeys(map(paper_id, prediction.papers))
        ranking = [(id_, 1 / rank) for rank, id_ in enumerate(ids, start=1)]
        yield from trec.run_lines(question.id, ranking, tag)
