"""The fitted model that tells how probable it is that a word of the library was meant."""

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from assistant.package_data import packaged_data


@dataclass(frozen=True, slots=True)
class SpellingModel:
    """A logistic regression over the features of a candidate.

    Attributes:
        weights: one for each feature.
        bias: added to the weighted sum.
        min_probability: a word is corrected if the probability is at least this.
    """

    weights: tuple[float, ...]
    bias: float
    min_probability: float

    def probability(self, features: Sequence[float]) -> float:
        """Return the probability, 0 to 1, that a candidate is the word that was meant."""
        products = (weight * one for weight, one in zip(self.weights, features, strict=True))
        return 1 / (1 + math.exp(-sum(products) - self.bias))

    def write(self, file: Path) -> None:
        """Write the model as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")


@cache
def load_spelling_model() -> SpellingModel:
    """Return the shipped model."""
    file = packaged_data("models", "spelling") / "model.json"
    record = json.loads(file.read_text(encoding="utf-8"))
    return SpellingModel(tuple(record["weights"]), record["bias"], record["min_probability"])
