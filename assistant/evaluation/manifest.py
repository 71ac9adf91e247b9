"""The manifest of a run: all that its answers depend on, and where and when it was made."""

import hashlib
import json
import platform
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
from assistant.models import fingerprint

_PACKAGES = (
    "llama-cpp-python",
    "chromadb",
    "sentence-transformers",
    "torch",
    "numpy",
    "langchain-text-splitters",
)
# The rooms whose code an answer depends on.
_ROOMS = ("text", "papers", "library", "retrieval", "llm", "models", "answering")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What the answers of a run depend on (up to ``code``) and what else is worth knowing.

    Attributes:
        system: what answered; ``assistant``, or the name of another system.
        model: its name and fingerprint.
        prompts: fingerprint of the prompt templates.
        library: fingerprint of the papers and the embedder.
        settings: every setting by name.
        code: fingerprint of the code that answers.
        questions: name or path of the question set.
        versions: of Python, the assistant and the packages that it stands on.
        machine: processor, cores and system.
        started: when the run began, in UTC.
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

    @property
    def question_set(self) -> str:
        """The name of the question set, without the folder it lies in."""
        return Path(self.questions).stem

    def differences(self, other: "Manifest") -> list[str]:
        """Return a phrase for each thing that answers depend on and that is not the same."""
        found = [
            f"{name} ({mine} against {theirs})"
            for name in ("system", "model", "prompts", "library", "code")
            if (mine := getattr(self, name)) != (theirs := getattr(other, name))
        ]
        names = dict.fromkeys((*self.settings, *other.settings))
        found += [
            f"{name} ({self.settings.get(name)} against {other.settings.get(name)})"
            for name in names
            if name != "model" and self.settings.get(name) != other.settings.get(name)
        ]
        return found

    def save(self, path: Path) -> None:
        """Write the manifest as JSON."""
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> "Manifest":
        """Read a manifest.

        Raises:
            InputError: the file is missing or is no manifest.
        """
        try:
            record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cls(**record)
        except (OSError, ValueError, TypeError) as error:
            raise InputError(
                f"The manifest {path} cannot be read: {error}. It is written beside the "
                "predictions by `assistant eval run`; keep the two together."
            ) from error


def manifest_path(predictions: Path) -> Path:
    """Return where the manifest of a predictions file lies: ``x.jsonl`` has ``x.manifest.json``."""
    return predictions.with_suffix(".manifest.json")


def manifest_of(assistant: Assistant, questions: str = "") -> Manifest:
    """Return the manifest of a run that begins now."""
    settings = assistant.settings
    return Manifest(
        system="assistant",
        model=f"{settings.model}@{fingerprint(settings.model)}",
        prompts=prompts_fingerprint(settings.prompts),
        library=assistant.library.fingerprint(),
        settings={**asdict(settings), **assistant.calibration().summary()},
        code=_code_fingerprint(),
        questions=questions,
        versions=_versions(),
        machine=_machine(),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _code_fingerprint() -> str:
    package = Path(__file__).resolve().parent.parent
    digest = hashlib.sha256()
    for room in _ROOMS:
        for file in sorted((package / room).rglob("*.py")):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version(), "assistant": __version__}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def _machine() -> dict[str, str | int]:
    return {
        "processor": processor(),
        "cores": cores(),
        "system": f"{platform.system()} {platform.machine()}",
    }
