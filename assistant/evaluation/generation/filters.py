"""Filters that a generated question must pass to become part of a question set."""

import re

from assistant.evaluation.metrics.answer_score import contains_form
from assistant.text.sentences import sentence_spans
from assistant.text.words import content_stems

_MIN_WORDS = 5
_MAX_WORDS = 40
# Phrases that are understood only with the paper at hand.
_REFERS_TO_TEXT = re.compile(
    r"\b(?:the|this|that|these|our|their)\s+(?:\w+\s+)?"
    r"(?:papers?|stud(?:y|ies)|authors?|abstracts?|excerpts?|texts?|articles?|passages?|sentences?)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\A(?:question|q)\s*:\s*", re.IGNORECASE)
_MARKUP = '"*“” '
# A question whose words are all in one sentence is usually answered by it.
_MAX_SHARE_IN_SENTENCE = 0.8


def question_in(written: str) -> str:
    """Extract the question from what the model wrote; empty if it did not write exactly one.

    A label such as "Question:" before it is left out.
    """
    text = _LABEL.sub("", " ".join(written.split()).strip(_MARKUP)).strip(_MARKUP)
    is_one = text.endswith("?") and text.count("?") == 1 and len(sentence_spans(text)) == 1
    return text if is_one else ""


def is_self_contained(question: str) -> bool:
    """Return whether a question has a usual length and does not refer to a text at hand."""
    words = len(question.split())
    return _MIN_WORDS <= words <= _MAX_WORDS and not _REFERS_TO_TEXT.search(question)


def gives_away(question: str, answer: str) -> bool:
    """Return whether a question contains its answer."""
    return contains_form(question.casefold(), answer)


def is_covered(question: str, abstract: str) -> bool:
    """Return whether one sentence of an abstract has nearly all words of a question."""
    stems = content_stems(question)
    return any(
        len(stems & content_stems(span.of(abstract))) >= _MAX_SHARE_IN_SENTENCE * len(stems)
        for span in sentence_spans(abstract)
    )
