"""Append-only JSON Lines files that survive an interrupted write.

Each record is one line. A process that dies while appending leaves an incomplete last line. Reading
ignores it, and the next append removes it first.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.atomic_write import disk_full_as_error


@dataclass(frozen=True, slots=True)
class JsonlStore:
    """A JSON Lines file that records are appended to.

    Attributes:
        path: the file. It need not exist yet.
    """

    path: Path

    def encoded_lines(self) -> list[bytes]:
        """Return the complete lines of the file as bytes, without line ends.

        Raises:
            OSError: the file cannot be read; `FileNotFoundError` if it does not exist.
        """
        data = self.path.read_bytes()
        return data[: data.rfind(b"\n") + 1].split(b"\n")[:-1]

    def lines(self) -> list[str]:
        """Return the complete lines of the file, without line ends.

        Raises:
            OSError: the file cannot be read; `FileNotFoundError` if it does not exist.
            UnicodeDecodeError: a complete line is not UTF-8.
        """
        # An incomplete line may end within a character, so it is removed before decoding. Lines are
        # split as bytes: str.splitlines() would also split at U+2028, which JSON may contain.
        return [line.decode("utf-8") for line in self.encoded_lines()]

    def prepare(self) -> None:
        """Create the file and its folder if necessary, and remove an incomplete last line.

        Appending does the same. Call this to find out early whether the file can be written.

        Raises:
            OSError: the file cannot be written.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab+") as file:
            if not file.tell():
                return
            file.seek(-1, 2)
            if file.read(1) == b"\n":
                return
            file.seek(0)
            file.truncate(file.read().rfind(b"\n") + 1)

    def append(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Append records, one line each.

        Raises:
            DiskFullError: the disk is full.
            OSError: the file cannot be written for another reason.
        """
        lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        with disk_full_as_error(self.path):
            self.prepare()
            with self.path.open("a", encoding="utf-8", newline="\n") as file:
                file.write(lines)
