"""Rows for ragas: a JSON object per line, read by ``EvaluationDataset.from_jsonl``."""

import json
from collections.abc import Iterator

from assistant.evaluation.exchange.rows import rows
from assistant.evaluation.run import Run

NAME = "ragas"


def write(run: Run) -> Iterator[str]:
    """Yield a line per question.

    A field without a value is left out: ragas takes an empty text for a value.
    """
    for row in rows(run):
        fields = {
            "user_input": row.asked,
            "retrieved_contexts": list(row.prediction.evidence),
            "response": row.prediction.text,
            "reference": row.reference,
            "reference_contexts": list(row.question.evidence) or None,
        }
        known = {name: value for name, value in fields.items() if value is not None}
        yield json.dumps(known, ensure_ascii=False) + "\n"
