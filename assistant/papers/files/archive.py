"""Unpacking archives safely: nothing is written to disk under names from the archive."""

import bz2
import gzip
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, Any, BinaryIO, cast

from assistant.errors import InputError
from assistant.papers.files.document import Document
from assistant.papers.files.spool import spool
from assistant.papers.record import Skipped

# Limit on the unpacked size of a whole archive, against zip bombs. Text compresses about tenfold, a
# bomb a thousandfold.
_MAX_COMPRESSION_RATIO = 200
_FREE_BYTES = 64 << 20
# Zips with one of these members are e-books and documents of Word and Excel, which have readers.
_MARKERS_OF_DOCUMENTS = {"word/document.xml", "xl/workbook.xml", "META-INF/container.xml"}
# Read in small blocks: if the end of the file is missing, the last block is lost.
_BYTES_AT_A_TIME = 4096
# A zip with one of these members is another office document or a Java program.
_MARKERS_OF_OTHER_FORMATS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}
_COMPRESSED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\0": lzma.open,
}
# The signature of a tar, and its offset.
_TAR_SIGNATURE, _TAR_SIGNATURE_AT = b"ustar", 257


def unpacked(document: Document, *, is_packed: bool = False) -> Iterator[Document | Skipped]:
    """Yield the files in an archive, or the document itself if it is not an archive.

    An archive is a zip or a tar, which may be compressed with gzip, bzip2 or xz; a single file may
    be compressed too. Nested archives and hidden files are skipped.

    Args:
        document: a document, which may be an archive.
        is_packed: whether it comes from an archive itself.
    """
    decompress = next((how for mark, how in _COMPRESSED.items() if _begins(document, mark)), None)
    if decompress is not None:
        yield from _decompressed(document, decompress, is_packed)
    elif is_zip(document) and not _is_readable(document):
        yield from _nested(document) if is_packed else zipped_documents(document)
    elif is_tar(document):
        yield from _nested(document) if is_packed else _documents_in_tar(document)
    else:
        yield document


def is_zip(document: Document) -> bool:
    """Return whether a document is a zip, judging by its first bytes."""
    return document.first_bytes.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_tar(document: Document) -> bool:
    """Return whether a document is a tar, judging by its first bytes."""
    return document.first_bytes[_TAR_SIGNATURE_AT:].startswith(_TAR_SIGNATURE)


def zipped_documents(document: Document) -> Iterator[Document | Skipped]:
    """Yield the files in a zip, sorted by name; each name is the zip's name and the file's path."""
    try:
        with _errors_as_input_errors("zip"):
            archive = zipfile.ZipFile(document.bytes())
    except InputError as error:
        yield Skipped(document.name, str(error))
        return
    with archive:
        if _MARKERS_OF_OTHER_FORMATS & set(archive.namelist()):
            yield Skipped(
                document.name, "is an office document or a program; save it as PDF or text"
            )
            return
        bytes_left = _FREE_BYTES + _MAX_COMPRESSION_RATIO * sum(_compressed_sizes(archive))
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            if member.is_dir() or _is_hidden(member.filename):
                continue
            name = f"{document.name}/{_printable(member.filename)}"
            try:
                with _errors_as_input_errors("zip"), archive.open(member) as packed:
                    file = spool(packed, max_bytes=bytes_left)
            except InputError as error:
                yield Skipped(name, str(error))
                continue
            with file:
                bytes_left -= file.seek(0, 2)
                file.seek(0)
                yield from unpacked(Document(name, file), is_packed=True)


def _documents_in_tar(document: Document) -> Iterator[Document | Skipped]:
    """Yield the files in a tar, in order. Links and devices are ignored."""
    try:
        with (
            _errors_as_input_errors("tar"),
            tarfile.open(fileobj=document.bytes(), mode="r:") as archive,
        ):
            for member in archive:
                packed = archive.extractfile(member) if member.isreg() else None
                if packed is None or _is_hidden(member.name):
                    continue
                with packed, spool(packed) as file:
                    name = f"{document.name}/{_printable(member.name)}"
                    yield from unpacked(Document(name, file), is_packed=True)
    except InputError as error:
        yield Skipped(document.name, str(error))


def _decompressed(
    document: Document, decompress: Callable[[BinaryIO], IO[bytes]], is_packed: bool
) -> Iterator[Document | Skipped]:
    """Yield a compressed file, or the files of a compressed tar."""
    data = document.bytes()
    limit = _FREE_BYTES + _MAX_COMPRESSION_RATIO * data.seek(0, 2)
    data.seek(0)
    try:
        with _errors_as_input_errors("compressed file"):
            stream = _UpToItsEnd(decompress(data))
            file = spool(cast(IO[bytes], stream), max_bytes=limit)
    except InputError as error:
        yield Skipped(document.name, str(error))
        return
    with file:
        inner = Document(document.name, file)
        is_compressed_twice = any(_begins(inner, mark) for mark in _COMPRESSED)
        if inner.first_bytes or not stream.is_cut:
            yield from (
                _nested(inner) if is_compressed_twice else unpacked(inner, is_packed=is_packed)
            )
        if stream.is_cut:
            yield Skipped(document.name, "is a damaged compressed file (its end is missing)")


class _UpToItsEnd:
    """Reads a compressed file whose end may be missing; the data before that point is valid.

    Any other damage makes the data unreliable, so it raises an error as usual.

    Attributes:
        is_cut: whether the end turned out to be missing.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.is_cut = False

    def read(self, size: int) -> bytes:
        """Return up to ``size`` bytes; none at the end."""
        try:
            return self._stream.read(min(size, _BYTES_AT_A_TIME))
        except EOFError:
            self.is_cut = True
            return b""


def _begins(document: Document, mark: bytes) -> bool:
    return document.first_bytes.startswith(mark)


def _is_readable(document: Document) -> bool:
    """Return whether a zip is a document that has a reader."""
    try:
        with zipfile.ZipFile(document.bytes()) as archive:
            return bool(_MARKERS_OF_DOCUMENTS & set(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def _nested(document: Document) -> Iterator[Skipped]:
    kind = "a zip in a zip" if is_zip(document) else "an archive in an archive"
    yield Skipped(document.name, f"is {kind}; unpack it first")


def _compressed_sizes(archive: zipfile.ZipFile) -> list[int]:
    """Return the compressed sizes of the members; overlapping members are counted once."""
    return list({m.header_offset: m.compress_size for m in archive.infolist()}.values())


@contextmanager
def _errors_as_input_errors(kind: str) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        # Includes NotImplementedError, raised for unknown compression methods.
        why = "with a password" if "password" in str(error) else "by an unknown compression method"
        raise InputError(f"is packed {why}; unpack it first") from error
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        ValueError,
        LookupError,
        OSError,
    ) as error:
        raise InputError(f"is a damaged {kind}, or in one ({error})") from error


def _printable(name: str) -> str:
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) and part.strip(".")
        for part in name.replace("\\", "/").split("/")
    )
