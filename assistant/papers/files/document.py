"""A document to read papers from."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import BinaryIO, TextIO

from assistant.errors import InputError
from assistant.papers.files.encoding import encoding_of

# Readers recognise a format by these first bytes.
_START_BYTES = 1 << 16
# Limits in characters, so that no file exhausts memory.
_MAX_LINE = 50_000_000
_MAX_TEXT = 100_000_000


class Document:
    """A document: a name and a seekable binary file.

    Its error messages continue the name: "is a binary file".
    """

    def __init__(self, name: str, data: BinaryIO) -> None:
        """Read the first bytes.

        Args:
            name: the name to show in reports.
            data: the content, seekable and positioned at its start.
        """
        self.name = name
        self._data = data
        self.first_bytes = data.read(_START_BYTES)

    @classmethod
    def of_text(cls, text: str, name: str) -> "Document":
        """Return a document with this text."""
        return cls(name, io.BytesIO(text.encode("utf-8", errors="replace")))

    @cached_property
    def start(self) -> str:
        """The beginning of the text, with line feeds as line ends; empty for a binary file."""
        if self._encoding is None:
            return ""
        text = self.first_bytes.decode(self._encoding, errors="ignore")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def is_text(self) -> bool:
        """Whether the file is text in some known encoding."""
        return self._encoding is not None

    @cached_property
    def _encoding(self) -> str | None:
        return encoding_of(self.bytes(), self.first_bytes)

    def bytes(self) -> BinaryIO:
        """Return the binary file, positioned at its start."""
        self._data.seek(0)
        return self._data

    @contextmanager
    def characters(self) -> Iterator[TextIO]:
        """Open the text. Line ends become line feeds, undecodable bytes U+FFFD.

        Raises:
            InputError: the file is binary.
        """
        if self._encoding is None:
            raise InputError("is a binary file")
        # detach(): closing the wrapper would close the underlying file.
        text = io.TextIOWrapper(self.bytes(), self._encoding, errors="replace")
        try:
            yield text
        finally:
            text.detach()

    def lines(self) -> Iterator[str]:
        """Yield the lines without their line ends.

        Raises:
            InputError: the file is binary, or a line is too long.
        """
        with self.characters() as text:
            while line := text.readline(_MAX_LINE):
                if len(line) == _MAX_LINE:
                    raise InputError(
                        f"has a line of more than {_MAX_LINE // 10**6} million characters; "
                        "write one paper a line"
                    )
                yield line.removesuffix("\n")

    def text(self) -> str:
        """Return the whole text.

        Raises:
            InputError: the file is binary, or too long.
        """
        with self.characters() as characters:
            text = characters.read(_MAX_TEXT)
        if len(text) == _MAX_TEXT:
            raise InputError(
                f"has more than {_MAX_TEXT // 10**6} million characters; split it, or save the "
                "papers as JSON Lines, which are read one by one"
            )
        return text
