"""A small question set about the five made-up papers, and an assistant to ask."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from run_factories import BREAD, GLACIER, PARROTS, QUICK

from assistant import Assistant
from assistant.library import Library


@pytest.fixture
def quick_assistant(small_library: Library, models_cache: None) -> Iterator[Assistant]:
    """An assistant over the five made-up papers that never abstains and gives short answers."""
    with Assistant.open(small_library.folder, settings=QUICK, samples=False) as assistant:
        yield assistant


@pytest.fixture
def questions_file(tmp_path: Path) -> Path:
    """Six questions about the made-up papers."""
    records = [
        ("number", "How many glaciers were followed?", GLACIER, {"answers": ["14"]}),
        ("name", "Which method finds cracks in glaciers?", GLACIER, {"answers": ["IceTrack"]}),
        ("number", "Up to which number do parrots count?", PARROTS, {"answers": ["eight"]}),
        ("explain", "What does a parrot get?", PARROTS, {"facts": [["nut"], ["reward"]]}),
        ("name", "Which simulator predicts loaves?", BREAD, {"answers": ["DoughNet"]}),
        ("unanswerable", "What does the toaster cost?", BREAD, {}),
    ]
    lines = [
        json.dumps({"id": f"m{i}", "kind": kind, "question": text, "papers": [title], **known})
        for i, (kind, text, title, known) in enumerate(records)
    ]
    path = tmp_path / "made-up.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
