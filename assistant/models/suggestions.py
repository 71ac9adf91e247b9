"""Suggested models: larger ones, pulled by reference, that were not tested with the assistant."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import ModelError
from assistant.models.hugging_face_hub import parse_reference
from assistant.package_data import packaged_data

MEMORY_BESIDE_MODEL = 1_500_000_000
"""Memory for the embedder, the index and the model's context, in addition to the weights."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A model that can be pulled by its reference.

    Attributes:
        reference: ``hf:owner/repo@revision/file.gguf``.
        description: one line.
        licence: an SPDX identifier.
        bytes: size of the file.
        context_tokens: the longest context the model was trained for.
    """

    reference: str
    description: str
    licence: str
    bytes: int
    context_tokens: int

    @property
    def memory(self) -> int:
        """The approximate memory needed to answer with the model, in bytes."""
        return self.bytes + MEMORY_BESIDE_MODEL


def load_suggestions(path: Path | None = None) -> list[Suggestion]:
    """Read the suggestions of a registry; by default of the one shipped with the package.

    Raises:
        ModelError: the file cannot be read, or an entry is not valid.
    """
    path = path or packaged_data("models", "registry.toml")
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8")).get("suggestion", [])
        return [_suggestion(table) for table in tables]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The model registry {path} is not valid: {error}") from error


def _suggestion(table: dict[str, Any]) -> Suggestion:
    parse_reference(table["reference"])
    return Suggestion(
        reference=table["reference"],
        description=table["description"],
        licence=table["licence"],
        bytes=int(table["bytes"]),
        context_tokens=table["context_tokens"],
    )
