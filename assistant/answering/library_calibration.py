"""Calibration of P(answerable) for a library: a shift that is added to the model's log-odds.

A model's calibration is fitted on questions about papers of one field. In another field, the same
score may correspond to a different probability. `assistant eval calibrate --library-only` fits the
shift on questions about the papers of a library, and stores it with the library.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from assistant.errors import LibraryError
from assistant.json_store import edit_json, read_json
from assistant.models import Calibration, calibration_of, fingerprint
from assistant.settings import Settings

FILE_NAME = "answerability.json"
"""The name of the file in a library folder. It has one entry for each model."""


@dataclass(frozen=True, slots=True)
class LibraryCalibration:
    """A correction of a model's calibration for questions about a library.

    Attributes:
        shift: added to the log-odds that the evidence answers a question.
        questions: the number of questions that the shift was fitted on.
        answered: the number of these that the evidence answers.
        fitted: the date of the fit, ISO 8601.
    """

    shift: float
    questions: int
    answered: int
    fitted: str

    def applied_to(self, calibration: Calibration) -> Calibration:
        """Return a model's calibration with the shift applied."""
        return replace(calibration, yes_bias=calibration.yes_bias + self.shift)

    def __str__(self) -> str:
        return (
            f"{self.questions} questions about this library ({self.answered} answered) shift the "
            f"log-odds of an answer by {self.shift:+.2f}; fitted {self.fitted}"
        )


def calibration_in(folder: Path, settings: Settings) -> Calibration:
    """Return the calibration of the model, with the shift of a library if it has one.

    For a model behind an endpoint, this is the default calibration.

    Raises:
        LibraryError: the calibration of the library cannot be read.
        ModelError: the model is not on this machine.
    """
    if settings.endpoints:
        return Calibration()
    calibration = calibration_of(settings.model)
    own = library_calibration(folder, settings.model, calibration)
    return own.applied_to(calibration) if own else calibration


def library_calibration(
    folder: Path, model: str, calibration: Calibration
) -> LibraryCalibration | None:
    """Return a library's calibration for a model; None if there is none.

    A library calibration that was fitted to another calibration of the model is ignored.

    Args:
        folder: of the library.
        model: name or path of the model.
        calibration: of the model.

    Raises:
        LibraryError: the file cannot be read.
        ModelError: the model is not on this machine.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return None
    values = read_json(path).get(fingerprint(model))
    if values is None or values.pop("calibration", "") != _digest(calibration):
        return None
    try:
        return LibraryCalibration(
            float(values["shift"]),
            int(values["questions"]),
            int(values["answered"]),
            str(values["fitted"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LibraryError(
            f"{path} cannot be read ({error}). Delete it, or make it again with "
            "`assistant eval calibrate --library-only`."
        ) from error


def store_library_calibration(
    folder: Path, model: str, calibration: Calibration, fitted: LibraryCalibration
) -> Path:
    """Store a library's calibration for a model, replacing any other; return the path of the file.

    Raises:
        LibraryError: the file holds something else, or is not writable.
    """
    path = folder / FILE_NAME
    with edit_json(path) as values:
        values[fingerprint(model)] = {**asdict(fitted), "calibration": _digest(calibration)}
    return path


def _digest(calibration: Calibration) -> str:
    text = json.dumps(calibration.summary(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
