"""Restores an answer from its JSON form (see `Answer.to_dict`)."""

from collections.abc import Mapping
from typing import Any

from assistant.answering.answer import Answer, AnswerSentence, Citation, Timings
from assistant.papers import Paper
from assistant.retrieval import Correction, Evidence, RankedPaper
from assistant.text.sentences import Span


def answer_from_json(values: Mapping[str, Any], papers: Mapping[str, Paper]) -> Answer:
    """Return the answer from the output of `Answer.to_dict`.

    Only the cited evidence is restored.

    Args:
        values: the JSON object.
        papers: by id; at least those that are cited or ranked.

    Raises:
        KeyError: a field or a paper is missing.
    """
    citations = tuple(
        Citation(
            one["number"],
            Evidence(papers[one["paper_id"]], Span(one["start"], one["end"]), 0.0),
        )
        for one in values["citations"]
    )
    return Answer(
        question=values["question"],
        standalone_question=values["standalone_question"],
        sentences=tuple(sentence_from_json(one) for one in values["sentences"]),
        citations=citations,
        evidence=tuple(one.evidence for one in citations),
        papers=tuple(
            RankedPaper(papers[one["paper_id"]], one["score"]) for one in values["papers"]
        ),
        abstained=values["abstained"],
        confidence=values["confidence"],
        timings=Timings(**values["timings"]),
        model=values["model"],
        library=values["library"],
        kind=values["kind"],
        certainty=values["certainty"],
        # Answers that were stored before questions were corrected have none.
        corrections=tuple(Correction(**one) for one in values.get("corrections", ())),
    )


def sentence_from_json(values: Mapping[str, Any]) -> AnswerSentence:
    """Return a sentence of an answer from its JSON form."""
    return AnswerSentence(
        text=values["text"],
        citations=tuple(values["citations"]),
        supported=values["supported"],
        missing=tuple(values["missing"]),
        listed=values["listed"],
        group=values["group"],
        folded=values["folded"],
    )
