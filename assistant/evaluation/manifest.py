"""The manifest of a run: what its answers depend on, and where and when they were generated."""

import hashlib
import json
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.answering import Assistant
from assistant.cores import cores
from assistant.errors import InputError
from assistant.llm import prompts_fingerprint
from assistant.llm.tuning.store import processor
from assistant.settings import Settings

_PACKAGES = (
    "llama-cpp-python",
    "chromadb",
    "sentence-transformers",
    "torch",
    "numpy",
    "langchain-text-splitters",
)
# The packages whose code an answer depends on.
_ANSWERING_CODE = ("text", "papers", "library", "retrieval", "llm", "models", "answering")
# Settings that no answer depends on.
_NOT_OF_ANSWERS = ("keep_pdfs",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the answers of a run depend on (up to ``code``), and details for the reader.

    Attributes:
        system: the system that answered: ``assistant``, or the name of another one.
        model: name and fingerprint of the model.
        prompts: fingerprint of the prompt templates.
        library: fingerprint of the papers and the embedder.
        settings: the settings and calibration values that answers depend on, by name.
        code: fingerprint of the code that answers.
        questions: name or path of the question set.
        versions: versions of Python, the assistant and its main dependencies.
        machine: processor, number of cores and operating system.
        started: start time in UTC, ISO 8601.
        commit: the commit of the code if it is in a Git checkout, with ``-dirty`` if files were
            changed; else empty.
    """

    system: str
    model: str
    prompts: str
    library: str
    settings: Mapping[str, str | int | float]
    code: str
    questions: str = ""
    versions: Mapping[str, str]
    machine: Mapping[str, str | int]
    started: str
    commit: str = ""

    @property
    def question_set(self) -> str:
        """The name of the question set, without folder and file extension."""
        return Path(self.questions).stem

    def differences(self, other: "Manifest") -> list[str]:
        """Describe each difference that may change answers, such as ``prompts (a against b)``."""
        differences = [
            f"{name} ({mine} against {theirs})"
            for name in ("system", "model", "prompts", "library", "code")
            if (mine := getattr(self, name)) != (theirs := getattr(other, name))
        ]
        names = dict.fromkeys((*self.settings, *other.settings))
        differences += [
            f"{name} ({self.settings.get(name)} against {other.settings.get(name)})"
            for name in names
            # The model is compared above, by its fingerprint. Earlier versions wrote all settings.
            if name not in ("model", *_NOT_OF_ANSWERS)
            and self.settings.get(name) != other.settings.get(name)
        ]
        return differences

    def save(self, path: Path) -> None:
        """Write the manifest as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Read a manifest.

        Raises:
            InputError: the file is missing or is not a manifest.
        """
        try:
            record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(**record)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(
                f"The manifest {path} cannot be read: {error}. `assistant eval run` writes it "
                "next to the predictions; keep the two files together."
            ) from error


def manifest_path(predictions: Path) -> Path:
    """Return the manifest's path for a predictions file: ``x.manifest.json`` for ``x.jsonl``."""
    return predictions.with_suffix(".manifest.json")


def manifest_of(assistant: Assistant, questions: str = "", *, with_model: bool = True) -> Manifest:
    """Return the manifest of a run that starts now.

    Args:
        assistant: the assistant that answers.
        questions: name or path of the question set.
        with_model: whether the language model is used. If not, no model has to be on this machine.
    """
    settings = assistant.settings
    return Manifest(
        system="assistant",
        model=assistant.model_used() if with_model else "",
        prompts=prompts_fingerprint(settings.prompts),
        library=assistant.library.fingerprint(),
        settings={
            **setting_values(settings),
            **(assistant.calibration().summary() if with_model else {}),
        },
        code=_code_fingerprint(),
        questions=questions,
        versions=_versions(),
        machine=_machine(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        commit=_commit(),
    )


def setting_values(settings: Settings) -> dict[str, str | int | float]:
    """Return the settings that answers depend on, by name.

    Endpoint settings are part of the model's name instead.
    """
    return {
        name: value
        for name, value in asdict(settings).items()
        if not name.startswith("endpoint") and name not in _NOT_OF_ANSWERS
    }


def git_output(folder: Path, *arguments: str) -> str | None:
    """Return the output of a Git command run in a folder; None if it fails or Git is missing."""
    try:
        command = ["git", "-C", str(folder), *arguments]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None


def _commit() -> str:
    checkout = Path(__file__).resolve().parents[2]
    if not (checkout / ".git").exists():  # an installed package may be inside another checkout
        return ""
    return (git_output(checkout, "describe", "--always", "--dirty", "--exclude=*") or "").strip()


def _code_fingerprint() -> str:
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for folder in _ANSWERING_CODE:
        for file in sorted((package / folder).rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _versions() -> dict[str, str]:
    versions = {"python": platform.python_version(), "assistant": __version__}
    for package in _PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            versions[package] = "not installed"
    return versions


def _machine() -> dict[str, str | int]:
    return {
        "processor": processor(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
    }
