"""Make a folder from which the assistant is installed on a machine without a network.

It has the wheels of all packages in their pinned versions, the models, and ``install.sh``. The
machine needs the same operating system, kind of processor and Python version as this one.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.models import load_registry, locate
from assistant.models.store import folder_of
from assistant.settings import Settings

_ROOT = Path(__file__).resolve().parents[2]
_CONSTRAINTS = _ROOT / "constraints.txt"
_INSTALLER = Path(__file__).with_name("install.sh")
# Instructions that processors have had since 2013 (AVX2, FMA), not all that this one has.
_PORTABLE = "-DGGML_NATIVE=OFF"


def make_bundle(folder: Path, models: Iterable[str], *, native: bool = False) -> None:
    """Write a bundle into a folder. Wheels that are there already are not built again.

    Args:
        folder: the bundle; made if missing.
        models: registry names of models that are on this machine.
        native: take llama-cpp-python as it was compiled for this machine's processor. It may not
            run on older processors.

    Raises:
        ModelError: a model is not on this machine.
        CalledProcessError: pip failed; it has said why.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in models:
        _copy_model(name, folder / "models" / name)
    wheels = folder / "wheels"
    if not native and not list(wheels.glob("llama_cpp_python-*.whl")):
        # Not from pip's cache, whose wheel may have been compiled for this processor alone.
        options = ("--no-cache-dir", "--no-deps", "llama-cpp-python")
        _build_wheels(wheels, options, {"CMAKE_ARGS": _PORTABLE})
    for earlier in wheels.glob("paper_assistant-*.whl"):
        earlier.unlink()
    _build_wheels(wheels, ["--find-links", str(wheels), str(_ROOT)])
    shutil.copy(_CONSTRAINTS, folder)
    shutil.copy(_INSTALLER, folder)
    version = "{}.{}\n".format(*sys.version_info[:2])
    (folder / "python-version").write_text(version, encoding="utf-8")
    _write_sums(folder)


def _copy_model(name: str, to: Path) -> None:
    locate(name)
    for file in load_registry()[name].files:
        copy = to / file.path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder_of(name) / file.path, copy)


def _build_wheels(
    folder: Path, arguments: Sequence[str], variables: dict[str, str] | None = None
) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--wheel-dir", str(folder)]
    subprocess.run(
        [*command, "--constraint", str(_CONSTRAINTS), *arguments],
        env={**os.environ, **(variables or {})},
        check=True,
    )


def _write_sums(folder: Path) -> None:
    """Write the SHA-256 of all files, in the format of ``sha256sum``."""
    sums = folder / "SHA256SUMS"
    sums.unlink(missing_ok=True)
    lines = []
    for file in sorted(file for file in folder.rglob("*") if file.is_file()):
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        lines.append(f"{digest}  {file.relative_to(folder).as_posix()}\n")
    sums.write_text("".join(lines), encoding="utf-8")


def main() -> None:
    """Read the command line and make a bundle."""
    defaults = Settings()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument(
        "--model",
        action="append",
        metavar="NAME",
        help="a model to include; can be repeated; by default those of the default settings",
    )
    parser.add_argument(
        "--native", action="store_true", help="keep llama-cpp-python as compiled for this processor"
    )
    given = parser.parse_args()
    models = given.model or [defaults.model, defaults.embedder]
    make_bundle(given.folder, models, native=given.native)


if __name__ == "__main__":
    main()
