"""The files in a zip: copied out one at a time, to no place that they name, and no bombs."""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import InputError
from assistant.papers.document import Document
from assistant.papers.record import Skipped
from assistant.papers.spool import spool

# All files of a zip together: text compresses to a tenth or so, a bomb to a thousandth.
_MOST_TIMES_COMPRESSED = 200
_FREE_BYTES = 64 << 20
# Zips by their format, not by what they are for: they hold one of these.
_NO_ARCHIVE = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}


def is_zip(document: Document) -> bool:
    """Tell by the first bytes whether a document is a zip."""
    return document.first_bytes.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def zipped_documents(document: Document) -> Iterator[Document | Skipped]:
    """Return the files of a zip in the order of their names, each named after the zip and itself.

    Zips within it are not opened; hidden files are left out.
    """
    try:
        with _told_in_a_sentence():
            archive = zipfile.ZipFile(document.bytes())
    except InputError as error:
        yield Skipped(document.name, str(error))
        return
    with archive:
        if _NO_ARCHIVE & set(archive.namelist()):
            yield Skipped(
                document.name, "is an office document or a program; save it as PDF or text"
            )
            return
        left = _FREE_BYTES + _MOST_TIMES_COMPRESSED * sum(_sizes(archive))
        for member in sorted(archive.infolist(), key=lambda member: member.filename):
            if member.is_dir() or _is_hidden(member.filename):
                continue
            name = f"{document.name}/{_shown(member.filename)}"
            try:
                with _told_in_a_sentence(), archive.open(member) as packed:
                    file = spool(packed, max_bytes=left)
            except InputError as error:
                yield Skipped(name, str(error))
                continue
            with file:
                left -= file.seek(0, 2)
                file.seek(0)
                inner = Document(name, file)
                yield (
                    Skipped(name, "is a zip in a zip; unpack it first") if is_zip(inner) else inner
                )


def _sizes(archive: zipfile.ZipFile) -> list[int]:
    """Return the compressed sizes of the members, each stretch of the file counted once."""
    return list({m.header_offset: m.compress_size for m in archive.infolist()}.values())


@contextmanager
def _told_in_a_sentence() -> Iterator[None]:
    """Say in a sentence what is wrong with a zip."""
    try:
        yield
    except RuntimeError as error:
        # NotImplementedError, of a compression that is not known, is one of these.
        why = "with a password" if "password" in str(error) else "in a way that is not known here"
        raise InputError(f"is packed {why}; unpack it first") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, LookupError, OSError) as error:
        raise InputError(f"is a damaged zip, or in one ({error})") from error


def _shown(name: str) -> str:
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name
    )


def _is_hidden(name: str) -> bool:
    return any(
        part.startswith((".", "__MACOSX")) and part.strip(".")
        for part in name.replace("\\", "/").split("/")
    )
