"""The papers that a question names and that other papers in the evidence mention."""

import sys
from collections.abc import Sequence

from assistant.answering.grounding.reported import NamedPaper
from assistant.answering.question.paper_mention import mentioned_name, title_name
from assistant.library import Library
from assistant.papers import Paper
from assistant.retrieval import Retrieval, paper_text_without_instructions, restrict_evidence
from assistant.settings import Settings
from assistant.text.proper_names import occurrences


def named_papers(
    library: Library, question: str, retrieval: Retrieval, settings: Settings
) -> list[NamedPaper]:
    """Return the ranked papers that a question names and another paper in the evidence mentions.

    Args:
        library: the library that was searched.
        question: with the earlier questions that it refers to.
        retrieval: the papers and evidence found for it.
        settings: select the enabled retrieval steps and checks.
    """
    shown = list(dict.fromkeys(one.paper for one in retrieval.evidence))
    found = []
    for ranked in retrieval.papers:
        paper = ranked.paper
        name = title_name(paper, question)
        if name and (reporters := _reporters(paper, name, shown, question)):
            own = restrict_evidence(
                library, question, retrieval, [paper], sys.maxsize, settings.enabled_steps
            )
            found.append(NamedPaper(paper, name, own.evidence, reporters, settings.enabled_checks))
    return found


def _reporters(paper: Paper, name: str, shown: Sequence[Paper], question: str) -> list[Paper]:
    """Return the shown papers that mention a paper by name, except those the question names."""
    return [
        one
        for one in shown
        if one != paper
        and occurrences(name, paper_text_without_instructions(one))
        and mentioned_name(one, question, [paper]) is None
    ]
