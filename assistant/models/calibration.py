"""What a model's replies mean in probabilities: measured once a model, kept beside the registry."""

import json
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from assistant.errors import ModelError
from assistant.models.references import fingerprint
from assistant.resources import data_path
from assistant.settings import cache_folder


@dataclass(frozen=True, slots=True)
class Calibration:
    """How to read a model's replies; the values are those of a model that was not measured.

    Attributes:
        yes_slope: of a logistic regression of "the answer was right" on the log-odds of yes in the
            reply to whether the evidence states the answer.
        yes_bias: its intercept.
        hollow_bias: what is added to these log-odds if nothing of the written answer holds.
        verdict_bias: the log-odds of yes against no at which a yes/no question is as likely to be
            answered by either. Small models say yes too readily.
    """

    yes_slope: float = 2.95
    yes_bias: float = -6.7
    hollow_bias: float = -2.0
    verdict_bias: float = 0.0


def calibration_of(model: str) -> Calibration:
    """Return how to read a model's replies: as measured on this machine, else as shipped.

    Args:
        model: a registry name, the path of a GGUF file, or an ``hf:`` reference.

    Raises:
        ModelError: the model is not on this machine, or a calibration cannot be read.
    """
    own = _own_path(model)
    if not own.exists():
        return _shipped().get(model, Calibration())
    try:
        return Calibration(**json.loads(own.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ModelError(
            f"The calibration {own} cannot be read: {error}. Delete it, or make it again with "
            "`assistant eval calibrate`."
        ) from error


def store_calibration(model: str, calibration: Calibration) -> Path:
    """Keep a model's calibration on this machine; return the file.

    Raises:
        ModelError: the model is not on this machine, or the file cannot be written.
    """
    path = _own_path(model)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(calibration), indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        raise ModelError(f"The calibration {path} cannot be written: {error.strerror}.") from error
    return path


def _own_path(model: str) -> Path:
    return cache_folder() / "calibration" / f"{fingerprint(model)}.json"


@cache
def _shipped() -> dict[str, Calibration]:
    text = data_path("models", "calibration.toml").read_text(encoding="utf-8")
    return {model: Calibration(**values) for model, values in tomllib.loads(text).items()}
