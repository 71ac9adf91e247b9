"""What a model's replies mean in probabilities: measured once a model, kept beside the registry."""

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from assistant.errors import ModelError
from assistant.models.references import fingerprint
from assistant.resources import data_path
from assistant.settings import cache_folder
from assistant.whole_file import write_whole


@dataclass(frozen=True, slots=True)
class Probe:
    """A linear probe: what a reply tells beyond the words yes and no.

    The logits of a model's first token are linear in its last hidden state, and so is the probe: a
    logistic regression of "the evidence answers the question" on some of them. That hidden states
    know more of this than the model says is a finding of Slobodkin et al. (EMNLP 2023,
    arXiv 2310.11877).

    Attributes:
        weights: of the logits of the tokens from `FIRST_TOKEN` on, at most `TOKENS`.
        bias: the intercept.
    """

    FIRST_TOKEN: ClassVar[int] = 256
    """Before it stand the single bytes, and most models' marks."""
    TOKENS: ClassVar[int] = 1024
    """As many as tell nearly all that the hidden state tells."""

    weights: tuple[float, ...]
    bias: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How to read a model's replies.

    The defaults serve a model that was not measured: they are those of the default model's word
    yes.

    Attributes:
        yes_slope: of a logistic regression of "the evidence answers the question" on the log-odds
            of yes in the reply to whether it does.
        yes_bias: its intercept.
        hollow_bias: what is added to these log-odds if nothing of the written answer holds.
        verdict_bias: the log-odds of yes against no at which a yes/no question is as likely to be
            answered by either. Small models say yes too readily.
        truth_bias: the same of true against false.
        probe: reads how sure the reply to whether the evidence answers is of yes; None: by the
            shares of the words yes and no.
    """

    yes_slope: float = 1.68
    yes_bias: float = -0.99
    hollow_bias: float = -2.0
    verdict_bias: float = 0.0
    truth_bias: float = 0.0
    probe: Probe | None = None

    def summary(self) -> dict[str, str | float]:
        """Return the values by name, the probe as a digest: what answers depend on."""
        values = asdict(self)
        probe = json.dumps(values.pop("probe"))
        return {**values, "probe": hashlib.sha256(probe.encode()).hexdigest()[:12]}


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
        write_whole(path, [json.dumps(asdict(calibration)) + "\n"], overwrite=True)
    except OSError as error:
        raise ModelError(f"The calibration {path} cannot be written: {error.strerror}.") from error
    return path


def _own_path(model: str) -> Path:
    return cache_folder() / "calibration" / f"{fingerprint(model)}.json"


@cache
def _shipped() -> dict[str, Calibration]:
    return {
        file.stem: load_calibration(file)
        for file in data_path("models", "calibration").glob("*.json")
    }


def _calibration(values: dict[str, Any]) -> Calibration:
    probe = values.pop("probe", None)
    if probe is not None:
        weights = tuple(map(float, probe["weights"]))
        if len(weights) > Probe.TOKENS:
            raise ValueError(f"a probe has at most {Probe.TOKENS} weights")
        values["probe"] = Probe(weights, float(probe["bias"]))
    return Calibration(**values)
