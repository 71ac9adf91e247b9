"""Making typing errors, and measuring their correction (``assistant eval typos``)."""

import json
import random
from pathlib import Path

import pytest

from assistant.cli import main
from assistant.evaluation.typing_errors.mistype import mistyped, rarest_word
from assistant.library import Library
from assistant.retrieval.spelling.candidates import one_error_away


def test_an_error_is_one_error_away() -> None:
    chance = random.Random(0)
    for word in ("icetrack", "gpt4", "balloons", "ab"):
        for _ in range(50):
            typed = mistyped(word, chance)
            assert typed != word
            assert word in one_error_away(typed)


def test_the_error_is_made_in_the_rarest_word(small_library: Library) -> None:
    assert rarest_word(small_library, "Which method, IceTrack or another, finds cracks?") == (
        "icetrack"
    )
    assert rarest_word(small_library, "Who?") is None


def test_command_fits_the_model_and_prints_the_figures(
    small_library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.jsonl"
    names = {
        "IceTrack": "Glacier Melt Seen from Balloons",
        "WalnutBench": "Teaching Parrots to Count",
    }
    records = [
        {
            "id": f"q{number}",
            "kind": "name",
            "question": f"What does {name} measure?",
            "papers": [title],
            "answers": ["melt"],
        }
        for number, (name, title) in enumerate(names.items())
    ]
    file.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    model = tmp_path / "model.json"
    options = ["--library", str(small_library.folder), "--questions", str(file), "--json"]
    assert main(["eval", "typos", *options, "--out", str(model)]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["right"]["value"] == 1.0
    assert figures["right"]["n"] == 2
    assert figures["corrected"]["value"] >= figures["mistyped"]["value"]
    assert figures["changed_words"]["value"] <= 0.01
    assert len(json.loads(model.read_text(encoding="utf-8"))["weights"]) == 11
