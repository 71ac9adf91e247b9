"""Answers for ScholarQABench: objects with ``input``, ``output`` and ``ctxs``.

Its scripts count citations from 0, and expect the citation marks of a sentence before its full
stop.
"""

import json
from collections.abc import Iterator

from assistant.evaluation.exchange.rows import Row, rows
from assistant.evaluation.predictions import Sentence
from assistant.evaluation.run import Run

NAME = "ScholarQABench"

_END = ".!?"


def write(run: Run) -> Iterator[str]:
    """Yield a JSON list of the answers with their contexts, the cited ones first."""
    yield json.dumps([_record(row) for row in rows(run)], indent=1, ensure_ascii=False) + "\n"


def _record(row: Row) -> dict[str, object]:
    prediction = row.prediction
    quoted = {citation.quote for citation in prediction.citations}
    cited = [{"title": one.title, "text": one.quote} for one in prediction.citations]
    others = [{"title": "", "text": text} for text in prediction.evidence if text not in quoted]
    return {
        "id": row.question.id,
        "input": row.asked,
        "output": " ".join(map(_with_marks, prediction.sentences)) or prediction.answer,
        "ctxs": cited + others,
        "answer": row.reference or "",
    }


def _with_marks(sentence: Sentence) -> str:
    """Return a sentence with its marks, numbered from 0, before its closing punctuation."""
    text = sentence.text.rstrip()
    if not sentence.citations:
        return text
    words = text.rstrip(_END)
    marks = "".join(f"[{number - 1}]" for number in sentence.citations)
    return f"{words} {marks}{text[len(words) :] or '.'}"
