"""Answering a request for an overview of the papers: their themes, with examples of each.

The model names the topic of each theme.

An overview of a topic is a synthesis (see `assistant.answering.synthesis`).

Design notes: docs/design/broad-questions.md
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answering.answer import AnswerSentence
from assistant.answering.context import AnswerContext
from assistant.answering.events import AnswerEvent, EvidenceFound
from assistant.answering.overview.headings import write_headings
from assistant.answering.overview.themes import Theme, themes_of
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import CitationList
from assistant.library import EVERYTHING
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper, select_evidence
from assistant.text.titles import short_title

_EXAMPLES = 3


def answer_with_overview(
    context: AnswerContext, plan: QuestionPlan, missing: str = ""
) -> Iterator[AnswerEvent]:
    """Answer with themes, each with its number of papers and examples; yield the `Answer` last.

    Args:
        context: the context of the question.
        plan: the plan of the question.
        missing: a topic that was asked for but that no paper is about.
    """
    papers = context.library.catalogue.papers_in(context.scope)
    themes = themes_of(context.library, papers)
    context.timer.mark_retrieved()
    citations = CitationList()
    sentences: list[AnswerSentence] = []

    def add(text: str, *evidence: Evidence, group: str = "") -> Iterator[AnswerEvent]:
        event = citations.sentence(text, *evidence, group=group, listed=bool(group))
        sentences.append(event.sentence)
        context.timer.mark_first_token()
        yield event

    whole = "The library has" if context.scope == EVERYTHING else "The chosen papers are"
    none = f"No abstract is about “{missing}”. " if missing else ""
    lead = f"{none}{whole} {_counted(papers)}, in {_counted(themes, 'theme')}"
    yield from add(f"{lead}.")
    headings: list[str] = []
    for theme, heading in zip(
        themes, write_headings(context.library, context.model, themes), strict=True
    ):
        headings.append(heading)
        examples = (_central_sentence(context, theme, paper) for paper in theme.papers)
        shown = list(islice((one for one in examples if one), _EXAMPLES))
        titles = ", ".join(f"“{short_title(one.paper.title)}”" for one in shown)
        count = _counted(theme.papers)
        yield EvidenceFound((), (*citations.evidence, *shown))
        yield from add(
            f"{count}, such as {titles}." if shown else f"{count}.", *shown, group=heading
        )
    if headings:
        # Only the topics here: the full headings follow.
        topics = dict.fromkeys(heading.partition(": ")[0] for heading in headings)
        sentences[0] = replace(sentences[0], text=f"{lead}: {'; '.join(topics)}.")
    yield context.answer(
        plan,
        sentences,
        citations.citations,
        papers=[RankedPaper(paper, 0.0) for theme in themes for paper in theme.papers],
        abstained=not themes,
    )


def _central_sentence(context: AnswerContext, theme: Theme, paper: Paper) -> Evidence | None:
    """Return the sentence of a paper that is nearest to the name of its theme."""
    vector = context.library.embedder.embed_question(theme.name)
    found = select_evidence(context.library, theme.name, vector, [(paper, 0.0)], sys.maxsize)
    return max(found, key=lambda one: one.score, default=None)


def _counted(things: Sequence[object], name: str = "paper") -> str:
    return f"1 {name}" if len(things) == 1 else f"{len(things)} {name}s"
