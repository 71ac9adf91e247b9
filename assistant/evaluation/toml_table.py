"""Validated TOML files: errors name the file, the table and the entry."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import InputError
from assistant.settings import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TomlTable:
    """A table of a TOML file. Its methods raise `InputError` for an entry of the wrong type.

    Attributes:
        where: the file and the table in it, for error messages.
        values: the entries by name.
    """

    where: str
    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Return a string; ``default`` if the entry is missing."""
        return self._entry(name, str, "a text", default)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of strings; empty if the entry is missing."""
        values = self._entry(name, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise self._error(name, "a list of texts")
        return tuple(values)

    def flag(self, name: str) -> bool:
        """Return a boolean; false if the entry is missing."""
        return self._entry(name, bool, "true or false", False)

    def count(self, name: str) -> int | None:
        """Return a positive integer; None if the entry is missing."""
        if name not in self.values:
            return None
        value = self._entry(name, int, "a whole number", 0)
        if value < 1:
            raise self._error(name, "at least 1")
        return value

    def numbers(self, name: str) -> dict[str, float]:
        """Return a table of numbers; empty if the entry is missing."""
        table = self._entry(name, dict, "a table of numbers", {})
        # Not isinstance: bool is a subclass of int.
        if not all(type(value) in (int, float) for value in table.values()):
            raise self._error(name, "a table of numbers")
        return {key: float(value) for key, value in table.items()}

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of settings; empty if the entry is missing."""
        return self._entry(name, dict, "a table of settings", {})

    def settings(self, base: Settings) -> Settings:
        """Return the given settings with those of the entry ``settings`` replaced."""
        return updated_settings(base, self.table("settings"))

    def tables(self, name: str, known: Collection[str]) -> list["TomlTable"]:
        """Return an array of tables, checked to have known entries only."""
        tables = self._entry(name, list, f"[[{name}]] tables", [])
        if not all(isinstance(table, dict) for table in tables):
            raise self._error(name, f"[[{name}]] tables")
        places = [f"{self.where}, [[{name}]] {number}" for number in range(1, len(tables) + 1)]
        return [
            _checked(TomlTable(place, table), known)
            for place, table in zip(places, tables, strict=True)
        ]

    def _entry(self, name: str, type_: type[T], expected: str, default: T) -> T:
        value = self.values.get(name, default)
        if type(value) is not type_:
            raise self._error(name, expected)
        return value

    def _error(self, name: str, expected: str) -> InputError:
        return InputError(f"{self.where}: {name!r} must be {expected}. Correct it and try again.")


def read_toml(path: Path, what: str, known: Collection[str]) -> TomlTable:
    """Read a TOML file.

    Args:
        path: the file.
        what: what kind of file it is, for error messages.
        known: the names of the entries that it may have.

    Raises:
        InputError: the file cannot be read, or has an unknown entry.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"The {what} {path} cannot be read: {error}. See eval/README.md for an example."
        ) from error
    return _checked(TomlTable(f"The {what} {path}", values), known)


def updated_settings(base: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return settings with some of them replaced by values from a TOML file.

    A list stands for its elements, separated by commas.

    Raises:
        InputError: a name is not a setting, or a value has the wrong type.
    """
    return base.updated({name: _as_text(value) for name, value in changes.items()})


def _as_text(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _checked(table: TomlTable, known: Collection[str]) -> TomlTable:
    if unknown := set(table.values) - set(known):
        raise InputError(
            f"{table.where} has an unknown entry {', '.join(sorted(unknown))}. "
            f"Entries: {', '.join(sorted(known))}."
        )
    return table
