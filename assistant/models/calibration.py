"""What a model's replies mean in probabilities: measured once a model, kept beside the registry."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from assistant.atomic_write import write_atomically
from assistant.errors import ModelError
from assistant.models.references import fingerprint
from assistant.package_data import packaged_data
from assistant.settings import cache_folder


@dataclass(frozen=True, slots=True)
class Probe:
    """A linear probe of a model's state: a logistic regression on some of its values.

    That hidden states know more of whether a question is answered than a model says is a finding of
    Slobodkin et al. (EMNLP 2023, arXiv 2310.11877).

    Attributes:
        weights: of the values of the state.
        bias: the intercept.
    """

    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How to read a model's replies.

    The defaults serve a model that was not measured: they are those of the default model's word
    yes.

    Attributes:
        yes_slope: of a logistic regression of "the evidence answers the question" on the log-odds
            that the probe tells, or of yes in the reply to whether it does.
        yes_bias: its intercept.
        ungrounded_bias: added to these log-odds if no sentence of the generated answer is
            grounded. It is ``hollow_bias`` in files and manifests.
        verdict_bias: the log-odds of yes against no at which a yes/no question is as likely to be
            answered by either. Small models say yes too readily.
        truth_bias: the same of true against false.
        probe: tells of the model's state at the end of a question how sure it is that the evidence
            answers; None: it is asked, and the shares of the words yes and no are read off its
            reply.
        verdict_probe: tells of its state where it begins to reply how sure it is of yes against no,
            beside the words of the reply; None: these alone do.
        truth_probe: the same of true against false.
    """

    yes_slope: float = 1.68
    yes_bias: float = -0.99
    ungrounded_bias: float = -2.0
    verdict_bias: float = 0.0
    truth_bias: float = 0.0
    probe: Probe | None = None
    verdict_probe: Probe | None = None
    truth_probe: Probe | None = None

    def summary(self) -> dict[str, str | float]:
        """Return the values by name, the probes as digests: what answers depend on."""
        values = _to_json(self)
        probes = {name: json.dumps(values.pop(name)) for name in _PROBES}
        digests = {
            name: hashlib.sha256(probe.encode()).hexdigest()[:12] for name, probe in probes.items()
        }
        return {**values, **digests}


_PROBES = ("probe", "verdict_probe", "truth_probe")


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
    return load_calibration(own)


def load_calibration(path: Path) -> Calibration:
    """Read a calibration that `store_calibration` wrote.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        return _calibration(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(
            f"The calibration {path} cannot be read: {error}. Delete it, or make it again with "
            "`assistant eval calibrate`."
        ) from error


def store_calibration(model: str, calibration: Calibration, path: Path | None = None) -> Path:
    """Keep a model's calibration on this machine, or in a file; return the file.

    Raises:
        ModelError: the model is not on this machine, or the file cannot be written.
        InputError: the path is that of a folder, or of one that takes no files.
    """
    path = path or _own_path(model)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, [json.dumps(_to_json(calibration)) + "\n"], overwrite=True)
    except OSError as error:
        raise ModelError(f"The calibration {path} cannot be written: {error.strerror}.") from error
    return path


def _own_path(model: str) -> Path:
    return cache_folder() / "calibration" / f"{fingerprint(model)}.json"


@cache
def _shipped() -> dict[str, Calibration]:
    return {
        file.stem: load_calibration(file)
        for file in packaged_data("models", "calibration").glob("*.json")
    }


# Attributes that have another name in files, where names must not change.
_JSON_NAMES = {"ungrounded_bias": "hollow_bias"}


def _to_json(calibration: Calibration) -> dict[str, Any]:
    return {_JSON_NAMES.get(name, name): value for name, value in asdict(calibration).items()}


def _calibration(values: dict[str, Any]) -> Calibration:
    for attribute, name in _JSON_NAMES.items():
        if name in values:
            values[attribute] = values.pop(name)
    for name in _PROBES:
        if (probe := values.get(name)) is not None:
            values[name] = Probe(tuple(map(float, probe["weights"])), float(probe["bias"]))
    return Calibration(**values)
