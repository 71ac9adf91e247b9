"""Read the files in a zip archive, safely: nothing is written to disk under names from the zip."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import InputError
from assistant.papers.files.document import Document
from assistant.papers.files.spool import spool
from assistant.papers.record import Skipped

# Limit on the unpacked size of a whole zip, against zip bombs. Text compresses about tenfold, a
# bomb a thousandfold.
_MAX_COMPRESSION_RATIO = 200
_FREE_BYTES = 64 << 20
# A zip with one of these members is an office document, an e-book or a Java program.
_MARKERS_OF_OTHER_FORMATS = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}


def is_zip(document: Document) -> bool:
    """Return whether a document is a zip, judging by its first bytes."""
    return document.first_bytes.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zipped_documents(document: Document) -> Iterator[Document | Skipped]:
    """Yield the files in a zip, sorted by name; each is named after the zip and its own path.

    Hidden files are ignored. Zips within the zip are skipped.
    """
    try:
        with _zip_errors_as_input_errors():
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
                with _zip_errors_as_input_errors(), archive.open(member) as packed:
                    file = spool(packed, max_bytes=bytes_left)
            except InputError as error:
                yield Skipped(name, str(error))
                continue
            with file:
                bytes_left -= file.seek(0, 2)
                file.seek(0)
                inner = Document(name, file)
                yield (
                    Skipped(name, "is a zip in a zip; unpack it first") if is_zip(inner) else inner
                )


def _compressed_sizes(archive: zipfile.ZipFile) -> list[int]:
    """Return the compressed sizes of the members; overlapping members count once."""
    return list({m.header_offset: m.compress_size for m in archive.infolist()}.values())


@contextmanager
def _zip_errors_as_input_errors() -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:
        # Includes NotImplementedError, raised for unknown compression methods.
        why = "with a password" if "password" in str(error) else "by an unknown compression method"
        raise InputError(f"is packed {why}; unpack it first") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, OSError) as error:
        raise InputError(f"is a damaged zip, or in one ({error})") from error


def _printable(name: str) -> str:
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) and part.strip(".")
        for part in name.replace("\\", "/").split("/")
    )
