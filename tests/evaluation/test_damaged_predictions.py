"""A damaged line of a predictions file is named."""

from pathlib import Path

import pytest

from assistant.errors import InputError
from assistant.evaluation.predictions import read_predictions

GOOD = b'{"id": "1", "question": "What do stones weigh?", "answer": "Much."}\n'


@pytest.mark.parametrize(
    "damaged",
    [
        b'{"id": "2", "question": "What", "answer": "\xff"}\n',
        b'{"id": "2", "question": "What", "answ\n',
        b'{"id": "2", "question": "What", "answer": "Much.", "confidence": "high"}\n',
        b'{"id": "2", "question": "What", "answer": "Much.", "papers": [{"title": 5}]}\n',
        b'{"id": "2", "question": "What", "answer": "Much.", "timings": [1]}\n',
        b'{"id": "2", "question": "What", "answer": "Much.", "sentences": {"text": 1}}\n',
        b"[" * 100_000 + b"\n",
        b"\0\0\0\n",
    ],
)
def test_damaged_line_is_named_with_what_to_do(damaged: bytes, tmp_path: Path) -> None:
    (tmp_path / "predictions.jsonl").write_bytes(GOOD + damaged + GOOD)
    with pytest.raises(InputError, match=r"predictions.jsonl, line 2: .* Delete the line"):
        read_predictions(tmp_path / "predictions.jsonl")
