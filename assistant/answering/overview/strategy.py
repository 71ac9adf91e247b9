"""Answering a request for an overview of the papers: their themes, with examples of each.

Each theme has a heading and a sentence that the model writes. A sentence that fails the checks of
grounding is left out.

An overview of a topic is a synthesis (see `assistant.answering.synthesis`).

Design notes: docs/design/broad-questions.md
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from assistant.answering.answer import (
    AnswerEvent,
    AnswerSentence,
    EvidenceFound,
    SentenceDropped,
)
from assistant.answering.context import AnswerContext
from assistant.answering.grounding.grounder import Grounder
from assistant.answering.overview.theme_text import theme_texts
from assistant.answering.overview.themes import Theme, themes_of
from assistant.answering.question.plan import QuestionPlan
from assistant.answering.rendering.citation_list import CitationList
from assistant.library import EVERYTHING
from assistant.papers import Paper
from assistant.retrieval import Evidence, RankedPaper, select_evidence
from assistant.text.titles import short_title

_EXAMPLES = 2
# The papers nearest to the centre of a theme, among which a sentence about it is attributed.
_PAPERS_TO_CITE = 8


def answer_with_overview(context: AnswerContext, plan: QuestionPlan) -> Iterator[AnswerEvent]:
    """Answer with themes, each with its number of papers and examples; last the `Answer`."""
    papers = context.library.catalogue.papers_in(context.scope)
    themes = themes_of(context.library, papers)
    context.timer.retrieved()
    citations = CitationList()
    sentences: list[AnswerSentence] = []

    def add(text: str, *evidence: Evidence, group: str = "") -> Iterator[AnswerEvent]:
        event = citations.sentence(text, *evidence, group=group, listed=bool(group))
        sentences.append(event.sentence)
        context.timer.token()
        yield event

    whole = "The library has" if context.scope == EVERYTHING else "The chosen papers are"
    lead = f"{whole} {_counted(papers)}, in {_counted(themes, 'theme')}"
    yield from add(f"{lead}.")
    headings: list[str] = []
    texts = theme_texts(context.library, context.model, themes)
    for theme, text in zip(themes, texts, strict=True):
        # Two themes under one heading would look like one.
        heading = text.heading if text.heading not in headings else theme.name
        headings.append(heading)
        if described := _checked(context, theme, text.sentence):
            yield EvidenceFound((), (*citations.evidence, *described[1]))
            yield from add(described[0], *described[1], group=heading)
        examples = (_central_sentence(context, theme, paper) for paper in theme.papers)
        shown = list(islice((one for one in examples if one), _EXAMPLES))
        titles = " and ".join(f"“{short_title(one.paper.title)}”" for one in shown)
        count = _counted(theme.papers)
        yield EvidenceFound((), (*citations.evidence, *shown))
        yield from add(
            f"{count}, such as {titles}." if shown else f"{count}.", *shown, group=heading
        )
    if headings:
        sentences[0] = replace(sentences[0], text=f"{lead}: {'; '.join(headings)}.")
    yield context.answer(
        plan,
        sentences,
        citations.citations,
        papers=[RankedPaper(paper, 0.0) for theme in themes for paper in theme.papers],
        abstained=not themes,
    )


def _checked(
    context: AnswerContext, theme: Theme, sentence: str
) -> tuple[str, list[Evidence]] | None:
    """Return a sentence about a theme and its sources; None if it fails a check or has none."""
    if not sentence:
        return None
    central = [(paper, 0.0) for paper in theme.papers[:_PAPERS_TO_CITE]]
    embedder = context.library.embedder
    vector = embedder.embed_question(sentence)
    evidence = select_evidence(context.library, sentence, vector, central, sys.maxsize)
    grounder = Grounder(theme.name, evidence, embedder, keep_echoes=True)
    event = grounder.check(sentence)
    if isinstance(event, SentenceDropped) or event.sentence.text != sentence:
        return None
    return (sentence, [one.evidence for one in grounder.citations]) if grounder.citations else None


def _central_sentence(context: AnswerContext, theme: Theme, paper: Paper) -> Evidence | None:
    """Return the sentence of a paper that is nearest to the name of its theme."""
    vector = context.library.embedder.embed_question(theme.name)
    found = select_evidence(context.library, theme.name, vector, [(paper, 0.0)], sys.maxsize)
    return max(found, key=lambda one: one.score, default=None)


def _counted(things: Sequence[object], name: str = "paper") -> str:
    return f"1 {name}" if len(things) == 1 else f"{len(things)} {name}s"
