"""A file to be read, wherever it lies, and its text."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import BinaryIO, TextIO

from assistant.errors import InputError
from assistant.papers.encoding import encoding_of

# What a reader decides by.
_START_BYTES = 1 << 16
# Characters: of a line, and of a text that has to be read whole. Beyond, memory would run out.
_LONGEST_LINE = 50_000_000
_LONGEST_TEXT = 100_000_000


class Document:
    """A file on the disk, in a zip, or from elsewhere. Its name is how reports call it.

    What is wrong with it is raised in words that go on from the name: "is a binary file".
    """

    def __init__(self, name: str, data: BinaryIO) -> None:
        """Look at the first bytes of a file that can be rewound."""
        self.name = name
        self._data = data
        self.first_bytes = data.read(_START_BYTES)

    @classmethod
    def of_text(cls, text: str, name: str) -> "Document":
        """Return a text as if it were the content of a file."""
        return cls(name, io.BytesIO(text.encode("utf-8", errors="replace")))

    @cached_property
    def start(self) -> str:
        """The first characters of the text, whose line ends are line feeds; empty if binary."""
        if self._encoding is None:
            return ""
        text = self.first_bytes.decode(self._encoding, errors="ignore")
        return text.replace("\r\n", "\n").replace("\r", "\n")

    @property
    def is_text(self) -> bool:
        """Whether there is an encoding that the file can be read with."""
        return self._encoding is not None

    @cached_property
    def _encoding(self) -> str | None:
        return encoding_of(self.bytes(), self.first_bytes)

    def bytes(self) -> BinaryIO:
        """Return the file, at its start."""
        self._data.seek(0)
        return self._data

    @contextmanager
    def characters(self) -> Iterator[TextIO]:
        """Open the text; all line ends are line feeds, bytes that fit no character are U+FFFD.

        Raises:
            InputError: the file is binary.
        """
        if self._encoding is None:
            raise InputError("is a binary file")
        # The wrapper would close what it wraps, which does not belong to it.
        text = io.TextIOWrapper(self.bytes(), self._encoding, errors="replace")
        try:
            yield text
        finally:
            text.detach()

    def lines(self) -> Iterator[str]:
        """Return the lines one by one, without their ends.

        Raises:
            InputError: the file is binary, or a line is too long for any text.
        """
        with self.characters() as text:
            while line := text.readline(_LONGEST_LINE):
                if len(line) == _LONGEST_LINE:
                    raise InputError(
                        f"has a line of more than {_LONGEST_LINE // 10**6} million characters; "
                        "write one paper a line"
                    )
                yield line.removesuffix("\n")

    def text(self) -> str:
        """Return the whole text.

        Raises:
            InputError: the file is binary, or too long to be read at once.
        """
        with self.characters() as characters:
            text = characters.read(_LONGEST_TEXT)
        if len(text) == _LONGEST_TEXT:
            raise InputError(
                f"has more than {_LONGEST_TEXT // 10**6} million characters; split it, or save the "
                "papers as JSON Lines, which are read one by one"
            )
        return text
