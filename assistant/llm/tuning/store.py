"""The best tuning of each model on this machine, in the cache folder."""

import hashlib
import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from assistant.atomic_write import write_atomically
from assistant.cores import cores
from assistant.llm.tuning.options import Tuning
from assistant.settings import cache_folder


def load_tuning(model: str) -> Tuning | None:
    """Return the best tuning of a model on this machine; None if it is not stored, or damaged.

    Args:
        model: fingerprint of the model.
    """
    try:
        return Tuning(**json.loads(tuning_path(model).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def store_tuning(model: str, tuning: Tuning) -> None:
    """Store the best tuning of a model on this machine.

    Raises:
        InputError: the cache folder is not writable.
    """
    path = tuning_path(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, [json.dumps(asdict(tuning), indent=2) + "\n"], overwrite=True)


def tuning_path(model: str) -> Path:
    """Return the file of a model's tuning.

    Its name depends on the processor, the number of cores and the llama.cpp version.
    """
    machine = f"{processor()}|{cores()}|{version('llama-cpp-python')}"
    digest = hashlib.sha256(f"{model}|{machine}".encode()).hexdigest()[:16]
    return cache_folder() / "tuning" / f"{digest}.json"


def processor() -> str:
    """Return the processor's name. On Linux, it is only in /proc/cpuinfo."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
