"""A stream that can be read only once, as a file that can be read again."""

import tempfile
from typing import IO, BinaryIO, cast

from assistant.errors import InputError

_IN_MEMORY = 16 << 20
_PIECE = 1 << 20


def spool(stream: IO[bytes], max_bytes: int | None = None) -> BinaryIO:
    """Return a stream's bytes as a file at its start; a large one lies on the disk until closed.

    Raises:
        InputError: there are more bytes than the most that are wanted.
    """
    file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - the caller closes it
    size = 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if max_bytes is not None and size > max_bytes:
            file.close()
            raise InputError("unpacks to far more than papers would; it is not read any further")
        file.write(piece)
    file.seek(0)
    return cast(BinaryIO, file)
