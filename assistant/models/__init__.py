"""Models: the registry, and downloading and verifying model files.

Importing this package is fast: network code is imported on first use.
"""

from assistant.models.calibration import (
    Calibration,
    Probe,
    calibration_of,
    load_calibration,
    store_calibration,
)
from assistant.models.pull import PullProgress, pull
from assistant.models.references import fingerprint, locate
from assistant.models.registry import ModelEntry, ModelFile, Registry, load_registry
from assistant.models.store import ModelStatus, list_models, remove
from assistant.models.suggestions import MEMORY_BESIDE_MODEL, Suggestion, load_suggestions

__all__ = [
    "MEMORY_BESIDE_MODEL",
    "Calibration",
    "ModelEntry",
    "ModelFile",
    "ModelStatus",
    "Probe",
    "PullProgress",
    "Registry",
    "Suggestion",
    "calibration_of",
    "fingerprint",
    "list_models",
    "load_calibration",
    "load_registry",
    "load_suggestions",
    "locate",
    "pull",
    "remove",
    "store_calibration",
]
