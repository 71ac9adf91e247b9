"""Questions about what the abstracts of certain papers say, such as "Frost's 2021 paper"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answering.metadata.entities.mention import Entities
from assistant.answering.metadata.order import has_plural
from assistant.answering.metadata.replies.wording import quoted
from assistant.answering.metadata.requests import Request
from assistant.answering.metadata.words.tokens import fold
from assistant.answering.metadata.words.vocabulary import vocabulary
from assistant.answering.question.kind import QuestionKind
from assistant.library import Scope
from assistant.papers import Paper

# Text allowed between the parts of a paper's description: "Frost's 2021 paper", "Frost (2021)".
_BETWEEN = re.compile(r"(?:\W|\b(?:s|and|et|al|in|from|of|the|by|paper|study|article)\b)*")
# Text allowed before the description: "the paper by Frost".
_BEFORE = re.compile(
    r"\b(?:(?:the|an?)\s+)?(?:(?:papers?|articles?|stud(?:y|ies)|works?)\s+(?:by|from|of|in)\s+)?\Z",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s*\)?\s*(\w+)")
_QUOTES = ('"', "'", "“", "”", "‘", "’")
_POSSESSIVE = re.compile(r"['’]s\b")


@dataclass(frozen=True, slots=True)
class ContentQuestion:
    """A question about what the abstracts of certain papers say.

    Attributes:
        question: the question with the paper's title in place of its author, year and venue.
        scope: the papers.
        kind: how it is answered: by retrieval ("fact"), or with a summary if it asks for nothing in
            particular.
    """

    question: str
    scope: Scope
    kind: QuestionKind


def content_question(
    entities: Entities, request: Request, papers: Sequence[Paper], scope: Scope
) -> ContentQuestion:
    """Return the content question to ask of the papers that a question is limited to."""
    if len(papers) > 1:
        name = "the papers" if has_plural(entities.tokens) else "the paper"
        return ContentQuestion(_described(entities, name), scope, "fact")
    kind: QuestionKind = "summary" if request.name == "gist" and not request.topic else "fact"
    return ContentQuestion(_described(entities, quoted(papers[0].title)), scope, kind)


def _nouns() -> frozenset[str]:
    return vocabulary().nouns | vocabulary().plurals


def _described(entities: Entities, name: str) -> str:
    """Return the question with another name for the paper in place of its author, year and venue.

    An abstract contains none of these, so a question that does seems to be about another paper.
    """
    question = entities.question
    spans = [one.span for one in entities.mentions if one.kind != "style"]
    spans += [one.span for one in entities.years]
    if not spans:
        return question
    start, end = min(spans)
    for span in sorted(spans):
        if span.start > end and _BETWEEN.fullmatch(question[end : span.start]):
            end = span.end
    possessive = _POSSESSIVE.match(question, end)
    if possessive:
        end = possessive.end()
    following = _NEXT_WORD.match(question, end)
    own = "’s" if possessive else ""
    if following and fold(following[1]) in _nouns():
        end, own = following.end(), ""
    elif question[end : end + 1] == ")":
        end += 1
    while question[:start].endswith(_QUOTES) and question[end:].startswith(_QUOTES):
        start, end = start - 1, end + 1
    if before := _BEFORE.search(question, 0, start):
        start = before.start()
    return f"{question[:start]}{name}{own}{question[end:]}"
