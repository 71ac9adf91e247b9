"""Test cases for DeepEval, as ``EvaluationDataset.add_test_cases_from_json_file`` reads them."""

import json
from collections.abc import Iterator

from assistant.evaluation.exchange.rows import rows
from assistant.evaluation.run import Run

NAME = "DeepEval"


def write(run: Run) -> Iterator[str]:
    """Yield a JSON list of objects with the names of the fields of ``LLMTestCase``."""
    cases = [
        {
            "name": row.question.id,
            "input": row.asked,
            "actual_output": row.prediction.text,
            "expected_output": row.reference,
            "retrieval_context": list(row.prediction.evidence),
            "context": list(row.question.evidence) or None,
        }
        for row in rows(run)
    ]
    yield json.dumps(cases, indent=1, ensure_ascii=False) + "\n"
