"""Documents that are zips of parts: Word and Excel files, and e-books."""

import zipfile
import zlib

from assistant.errors import InputError
from assistant.papers.files.document import Document

_ZIP_SIGNATURE = b"PK\x03\x04"
# Against zip bombs. Text compresses about tenfold, a bomb a thousandfold.
_MAX_COMPRESSION_RATIO = 200
_FREE_BYTES = 64 << 20


# Raised for damaged zips. Encrypted parts raise a RuntimeError.
_ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)


def is_package_with(document: Document, part: str) -> bool:
    """Return whether a document is a zip with a part of this name."""
    if not document.first_bytes.startswith(_ZIP_SIGNATURE):
        return False
    try:
        with zipfile.ZipFile(document.bytes()) as package:
            return part in package.namelist()
    except _ZIP_ERRORS:
        return False


def open_package(document: Document) -> zipfile.ZipFile:
    """Open a package.

    Raises:
        InputError: it is damaged, or its parts are far larger than the zip.
    """
    try:
        package = zipfile.ZipFile(document.bytes())
    except _ZIP_ERRORS as error:
        raise InputError(f"is a damaged document ({error})") from error
    parts = package.infolist()
    packed = sum(part.compress_size for part in parts)
    if sum(part.file_size for part in parts) > _FREE_BYTES + _MAX_COMPRESSION_RATIO * packed:
        raise InputError("unpacks to far more data than papers would")
    return package


def read_part(package: zipfile.ZipFile, name: str) -> bytes:
    """Return a part of a package; empty if there is no such part.

    Raises:
        InputError: the part is damaged, encrypted or far too large.
    """
    try:
        part = package.getinfo(name)
    except KeyError:
        return b""
    try:
        with package.open(part) as packed:
            data = packed.read(_FREE_BYTES + 1)
    except _ZIP_ERRORS as error:
        raise InputError(f"is a damaged or encrypted document ({error})") from error
    if len(data) > _FREE_BYTES:
        raise InputError("unpacks to far more data than papers would")
    return data
