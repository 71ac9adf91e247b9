"""The calibration that is stored with a library."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import Assistant, Settings
from assistant.answering.library_calibration import (
    FILE_NAME,
    LibraryCalibration,
    library_calibration,
    store_library_calibration,
)
from assistant.errors import LibraryError
from assistant.library import Library
from assistant.models import Calibration

MODEL = "smollm2-135m-instruct"
OWN = LibraryCalibration(shift=-0.4, questions=60, answered=40, fitted="2026-01-01")


@pytest.mark.usefixtures("models_cache")
def test_stored_calibration_is_found_again_for_its_model(tmp_path: Path) -> None:
    assert library_calibration(tmp_path, MODEL, Calibration()) is None
    store_library_calibration(tmp_path, MODEL, Calibration(), OWN)
    assert library_calibration(tmp_path, MODEL, Calibration()) == OWN
    assert OWN.applied_to(Calibration(yes_bias=1.0)).yes_bias == pytest.approx(0.6)
    assert "60 questions about this library (40 answered)" in str(OWN)


@pytest.mark.usefixtures("models_cache")
def test_one_that_was_fitted_to_another_calibration_no_longer_counts(tmp_path: Path) -> None:
    store_library_calibration(tmp_path, MODEL, Calibration(), OWN)
    assert library_calibration(tmp_path, MODEL, Calibration(yes_bias=0.5)) is None


@pytest.mark.usefixtures("models_cache")
def test_damaged_file_is_named(tmp_path: Path) -> None:
    path = store_library_calibration(tmp_path, MODEL, Calibration(), OWN)
    values = json.loads(path.read_text("utf-8"))
    for entry in values.values():
        entry["shift"] = "much"
    path.write_text(json.dumps(values), encoding="utf-8")
    with pytest.raises(LibraryError, match=FILE_NAME):
        library_calibration(tmp_path, MODEL, Calibration())


@pytest.mark.usefixtures("models_cache")
def test_assistant_uses_the_calibration_of_its_library(small_library: Library) -> None:
    with Assistant.open(
        small_library.folder, settings=Settings(model=MODEL), samples=False
    ) as assistant:
        before = assistant.calibration()
        store_library_calibration(small_library.folder, MODEL, before, OWN)
        after = assistant.calibration()
    assert after == replace(before, yes_bias=before.yes_bias + OWN.shift)
