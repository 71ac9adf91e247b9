"""What was found best for a model on this machine, kept between runs."""

import hashlib
import json
import platform
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

from assistant.atomic_write import write_whole
from assistant.cores import cores
from assistant.llm.tuning.options import Tuning
from assistant.settings import cache_folder


def kept_tuning(model: str) -> Tuning | None:
    """Return what was found best for a model on this machine; None if nothing was, or is damaged.

    Args:
        model: fingerprint of the model.
    """
    try:
        return Tuning(**json.loads(tuning_path(model).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def keep_tuning(model: str, tuning: Tuning) -> None:
    """Keep what was found best for a model on this machine.

    Raises:
        InputError: the cache folder cannot be written.
    """
    path = tuning_path(model)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, [json.dumps(asdict(tuning), indent=2) + "\n"], overwrite=True)


def tuning_path(model: str) -> Path:
    """Return where the tuning of a model is kept.

    Another processor, number of cores or version of llama.cpp has a file of its own.
    """
    machine = f"{processor()}|{cores()}|{version('llama-cpp-python')}"
    digest = hashlib.sha256(f"{model}|{machine}".encode()).hexdigest()[:16]
    return cache_folder() / "tuning" / f"{digest}.json"


def processor() -> str:
    """Return the processor's name; Linux tells it in /proc/cpuinfo only."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
