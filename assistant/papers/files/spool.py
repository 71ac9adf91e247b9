"""Copying a stream that can be read only once into a seekable temporary file."""

import tempfile
from typing import IO, BinaryIO, cast

from assistant.errors import InputError

_MAX_BYTES_IN_MEMORY = 16 << 20
_CHUNK_BYTES = 1 << 20


def spool(stream: IO[bytes], max_bytes: int | None = None, *, start: bytes = b"") -> BinaryIO:
    """Copy a stream to a temporary file, positioned at its start.

    A small file is kept in memory, a large one on disk until it is closed.

    Args:
        stream: the stream to copy.
        max_bytes: the maximum size; None for none.
        start: the bytes that were already read from the stream.

    Raises:
        InputError: the stream has more than `max_bytes` bytes.
    """
    file = tempfile.SpooledTemporaryFile(_MAX_BYTES_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    file.write(start)
    size = len(start)
    while chunk := stream.read(_CHUNK_BYTES):
        size += len(chunk)
        if max_bytes is not None and size > max_bytes:
            file.close()
            raise InputError("unpacks to far more data than papers would; the rest was not read")
        file.write(chunk)
    file.seek(0)
    return cast(BinaryIO, file)
