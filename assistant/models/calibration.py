"""Calibration: converting a model's replies and probe inputs to probabilities."""

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
    """A linear probe: a logistic regression on V vectors of the model's KV cache.

    The vectors are linear in the hidden states, which represent whether a question is answerable
    better than the model's replies do (Slobodkin et al., EMNLP 2023, arXiv 2310.11877).

    Attributes:
        weights: one for each value of the input.
        bias: the intercept.
    """

    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """The calibration of a model.

    The defaults are for models without a measured calibration. They were fitted to the probability
    of yes in the default model's replies.

    Attributes:
        yes_slope: slope of a logistic regression of "the evidence answers the question" on the
            log-odds of the probe or, without a probe, on those of yes in the reply.
        yes_bias: its intercept.
        ungrounded_bias: added to these log-odds if no sentence of the generated answer is
            grounded. It is called ``hollow_bias`` in files and manifests.
        verdict_bias: log-odds of yes against no at which both verdicts are equally likely. Small
            models are biased towards yes.
        truth_bias: the same for true against false.
        probe: predicts from the input at the end of the question whether the evidence answers it.
            None to use the probability of yes in the model's reply instead.
        verdict_probe: predicts yes against no from the input at the beginning of the reply, in
            addition to the probabilities of the words. None to use only the probabilities.
        truth_probe: the same for true against false.
        relevance_probe: predicts whether a paper contributes to an answer from several papers (see
            `assistant.answering.synthesis.relevance`).
    """

    yes_slope: float = 1.68
    yes_bias: float = -0.99
    ungrounded_bias: float = -2.0
    verdict_bias: float = 0.0
    truth_bias: float = 0.0
    probe: Probe | None = None
    verdict_probe: Probe | None = None
    truth_probe: Probe | None = None
    relevance_probe: Probe = Probe(
        (0.661, 0.383, 0.428, 0.958, 2.226, 2.673, -1.668, 2.041), bias=-4.182
    )

    def summary(self) -> dict[str, str | float]:
        """Return the values by name, with digests of the probes, for the manifest of a run."""
        values = _to_json(self)
        probes = {name: json.dumps(values.pop(name)) for name in _PROBES}
        digests = {
            name: hashlib.sha256(probe.encode()).hexdigest()[:12] for name, probe in probes.items()
        }
        return {**values, **digests}


_PROBES = ("probe", "verdict_probe", "truth_probe", "relevance_probe")


def calibration_of(model: str) -> Calibration:
    """Return a model's calibration: the one measured on this machine, or the shipped one.

    Args:
        model: a registry name, the path of a GGUF file, or an ``hf:`` reference.

    Raises:
        ModelError: the model is not downloaded, or a calibration cannot be read.
    """
    measured = _measured_path(model)
    if not measured.exists():
        return _shipped().get(model, Calibration())
    return load_calibration(measured)


def load_calibration(path: Path) -> Calibration:
    """Read a calibration from a file.

    Raises:
        ModelError: the file cannot be read.
    """
    try:
        return _calibration(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ModelError(
            f"The calibration {path} cannot be read: {error}. Delete it, or make it again with "
            "`assistant eval calibrate`."
        ) from error


def store_calibration(model: str, calibration: Calibration, path: Path | None = None) -> Path:
    """Store a model's calibration for this machine, or in a file; return the path.

    Raises:
        ModelError: the model is not downloaded, or the file cannot be written.
        InputError: the path is a folder, or its folder is not writable.
    """
    path = path or _measured_path(model)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, [json.dumps(_to_json(calibration)) + "\n"], overwrite=True)
    except OSError as error:
        raise ModelError(f"The calibration {path} cannot be written: {error.strerror}.") from error
    return path


def _measured_path(model: str) -> Path:
    return cache_folder() / "calibration" / f"{fingerprint(model)}.json"


@cache
def _shipped() -> dict[str, Calibration]:
    return {
        file.stem: load_calibration(file)
        for file in packaged_data("models", "calibration").glob("*.json")
    }


# Attributes with another name in files, where names must stay stable.
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
