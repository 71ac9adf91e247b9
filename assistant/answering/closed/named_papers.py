"""The papers that a question names and that other papers of the evidence speak of."""

import sys
from collections.abc import Sequence

from assistant.answering.context import AnswerContext
from assistant.answering.grounding.reported import NamedPaper
from assistant.answering.question.paper_mention import title_name
from assistant.retrieval import Retrieval, restrict_evidence


def named_papers(
    context: AnswerContext, question: str, retrieval: Retrieval
) -> Sequence[NamedPaper]:
    """Return the ranked papers that a question names, if another paper speaks of them.

    Args:
        context: with the library.
        question: with the earlier questions that it refers to.
        retrieval: its papers and evidence.
    """
    shown = dict.fromkeys(one.paper for one in retrieval.evidence)
    found = []
    for ranked in retrieval.papers:
        name = title_name(ranked.paper, question)
        if name is None:
            continue
        named = NamedPaper(ranked.paper, name, ())
        if any(map(named.is_reported_by, shown)):
            own = restrict_evidence(
                context.library, question, retrieval, [ranked.paper], sys.maxsize
            )
            found.append(NamedPaper(ranked.paper, name, own.evidence))
    return found
