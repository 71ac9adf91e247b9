"""Model references (registry names, paths and ``hf:`` references) and the files they refer to."""

import hashlib
from pathlib import Path

from assistant.errors import ModelError
from assistant.models import store
from assistant.models.hugging_face_hub import is_reference, parse_reference
from assistant.models.registry import Registry, load_registry

_GGUF_MAGIC = b"GGUF"
_MIB = 1 << 20


def locate(reference: str, *, registry: Registry | None = None) -> Path:
    """Return the GGUF file or the embedder's folder for a reference, without downloading.

    Args:
        reference: a registry name, the path of a GGUF file or of a sentence-transformers folder,
            or ``hf:owner/repo/file.gguf``.
        registry: the models known by name; None for those shipped with the package.

    Raises:
        ModelError: the model is unknown, not downloaded, damaged, or not a model.
    """
    if is_reference(reference):
        _, file = parse_reference(reference)
        if any(known.path == file for known in store.verified_files(reference)):
            return store.folder_of(reference) / file
        raise _not_downloaded(reference)
    known_models = registry or load_registry()
    if reference not in known_models and is_path(reference):
        return check_local(Path(reference).expanduser())
    entry = known_models[reference]
    if not store.is_verified(entry):
        raise _not_downloaded(reference)
    return store.path_of(entry)


def fingerprint(reference: str, *, registry: Registry | None = None) -> str:
    """Return a short hash of the model's files, for use in keys of data computed with the model.

    Raises:
        ModelError: as for `locate`.
    """
    path = locate(reference, registry=registry)
    known_models = registry or load_registry()
    if is_reference(reference):
        files = store.verified_files(reference)
    elif reference in known_models:
        files = known_models[reference].files
    else:
        return _fingerprint_of_path(path)
    if len(files) == 1 and files[0].sha256 is not None:
        return files[0].sha256[:12]
    if any(file.sha256 is None for file in files):
        return _fingerprint_of_path(path)
    lines = sorted(f"{file.path} {file.sha256}" for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]


def is_path(reference: str) -> bool:
    """Return whether a reference is a path rather than a name."""
    looks_like_path = "/" in reference or "\\" in reference or reference.endswith(".gguf")
    return looks_like_path or reference.startswith("~") or Path(reference).exists()


def check_local(path: Path) -> Path:
    """Check that a path is a GGUF file or a sentence-transformers folder, and return it.

    Raises:
        ModelError: it does not exist, or is something else.
    """
    if path.is_dir():
        if (path / "modules.json").is_file():
            return path
        ggufs = sorted(path.glob("*.gguf"))
        hint = f"Did you mean {ggufs[0]}?" if ggufs else "Give the path of a GGUF file."
        raise ModelError(f"{path} is not a sentence-transformers folder (no modules.json). {hint}")
    try:
        with path.open("rb") as stream:
            magic = stream.read(len(_GGUF_MAGIC))
    except OSError as error:
        raise ModelError(
            f"The model {path} cannot be read: {error.strerror or error}. "
            "Check the path, or see `assistant models list` for models that can be pulled."
        ) from error
    if magic != _GGUF_MAGIC:
        raise ModelError(
            f"{path} is not a GGUF file (it does not begin with GGUF). Convert the "
            "model with llama.cpp, or pull one of those in `assistant models list`."
        )
    return path


def _not_downloaded(reference: str) -> ModelError:
    return ModelError(
        f"The model {reference} is not downloaded, or is incomplete. "
        f"Download it with: assistant models pull {reference}"
    )


def _fingerprint_of_path(path: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if not file.is_file():
            continue
        stat = file.stat()
        digest.update(f"{file.relative_to(path.parent)} {stat.st_size} {stat.st_mtime_ns}".encode())
        with file.open("rb") as stream:  # models are too large to hash completely at each start
            digest.update(stream.read(_MIB))
            stream.seek(max(0, stat.st_size - _MIB))
            digest.update(stream.read(_MIB))
    return digest.hexdigest()[:12]
