"""``assistant doctor``: its checks and their hints."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from command_line import Run

from assistant.answering.library_calibration import (
    LibraryCalibration,
    store_library_calibration,
)
from assistant.models import calibration_of

SMALL = ("--model", "smollm2-135m-instruct")


def findings(outcome_data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {check["name"]: check for check in outcome_data["checks"]}


def test_doctor_passes_with_models_and_library_in_place(run: Run, library_folder: Path) -> None:
    outcome = run("doctor", *SMALL)
    assert outcome.code == 0, outcome.out
    assert all(line.startswith("OK ") for line in outcome.out.splitlines())
    assert f"5 papers in {library_folder}" in outcome.out


def test_doctor_reports_a_missing_model_with_the_fix(
    run: Run, library_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ASSISTANT_CACHE", str(tmp_path / "empty-cache"))
    outcome = run("doctor", *SMALL, "--json")
    assert outcome.code == 1
    assert outcome.data["ok"] is False
    model = findings(outcome.data)["model"]
    assert not model["ok"]
    assert "assistant models pull smollm2-135m-instruct" in model["detail"]


def test_doctor_reports_unindexed_papers_until_reindexed(run: Run, library_folder: Path) -> None:
    with sqlite3.connect(library_folder / "catalogue.sqlite") as catalogue:
        catalogue.execute("UPDATE papers SET indexed = 0 WHERE id = 'arxiv:1901.00001'")
    catalogue.close()
    outcome = run("doctor", *SMALL, "--json")
    assert outcome.code == 1
    assert "1 of the 5 papers" in findings(outcome.data)["library"]["detail"]
    run("papers", "reindex")
    assert run("doctor", *SMALL).code == 0


def test_doctor_checks_the_embedder_recorded_in_the_library(
    run: Run, library_folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "an-embedder"
    with sqlite3.connect(library_folder / "catalogue.sqlite") as catalogue:
        catalogue.execute("UPDATE meta SET value = ? WHERE key = 'embedder'", (str(elsewhere),))
    catalogue.close()
    found = findings(run("doctor", *SMALL, "--json").data)
    assert found["library"]["ok"]
    assert not found["embedder"]["ok"]
    assert str(elsewhere) in found["embedder"]["detail"]


def test_doctor_reports_a_library_with_another_embedder(
    run: Run, library_folder: Path, embedder_copy: Path
) -> None:
    other = f"embedder={embedder_copy}"
    library = findings(run("doctor", *SMALL, "--set", other, "--json").data)["library"]
    assert not library["ok"]
    assert "--set embedder=all-minilm-l6-v2" in library["detail"]


def test_doctor_accepts_a_missing_library_without_creating_it(run: Run, tmp_path: Path) -> None:
    outcome = run("doctor", *SMALL)
    assert outcome.code == 0
    assert "none yet" in outcome.out
    assert not (tmp_path / "library").exists()


def test_doctor_shows_the_calibration_of_the_library(run: Run, library_folder: Path) -> None:
    model = SMALL[1]
    own = LibraryCalibration(shift=-0.4, questions=60, answered=40, fitted="2026-01-01")
    path = store_library_calibration(library_folder, model, calibration_of(model), own)
    found = findings(run("doctor", *SMALL, "--json").data)["abstention"]
    assert found["ok"]
    assert "shift the log-odds of an answer by -0.40" in found["detail"]
    path.write_text("[]", encoding="utf-8")
    found = findings(run("doctor", *SMALL, "--json").data)["abstention"]
    assert not found["ok"]
    assert str(path) in found["detail"]
