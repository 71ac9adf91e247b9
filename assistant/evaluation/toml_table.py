"""TOML files that people write: what is wrong in one is said in a sentence that names the place."""

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
    """A table of a TOML file; all methods raise `InputError` for an entry of another type.

    Attributes:
        where: the file, and the table in it, as messages name them.
        values: the entries by name.
    """

    where: str
    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Return a text."""
        return self._entry(name, str, "a text", default)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty if it is not there."""
        values = self._entry(name, list, "a list of texts", [])
        if not all(isinstance(value, str) for value in values):
            raise self._wrong(name, "a list of texts")
        return tuple(values)

    def flag(self, name: str) -> bool:
        """Return true or false; false if it is not there."""
        return self._entry(name, bool, "true or false", False)

    def count(self, name: str) -> int | None:
        """Return a whole number from 1; None if it is not there."""
        if name not in self.values:
            return None
        value = self._entry(name, int, "a whole number", 0)
        if value < 1:
            raise self._wrong(name, "at least 1")
        return value

    def numbers(self, name: str) -> dict[str, float]:
        """Return a table of numbers; empty if it is not there."""
        table = self._entry(name, dict, "a table of numbers", {})
        # To Python, true is a number too.
        if not all(type(value) in (int, float) for value in table.values()):
            raise self._wrong(name, "a table of numbers")
        return {key: float(value) for key, value in table.items()}

    def table(self, name: str) -> dict[str, Any]:
        """Return a table of settings; empty if it is not there."""
        return self._entry(name, dict, "a table of settings", {})

    def settings(self, base: Settings) -> Settings:
        """Return settings with the changes that the entry ``settings`` makes."""
        return changed(base, self.table("settings"))

    def tables(self, name: str, known: Collection[str]) -> list["TomlTable"]:
        """Return a list of tables; none of them has an entry that is not known."""
        tables = self._entry(name, list, f"[[{name}]] tables", [])
        if not all(isinstance(table, dict) for table in tables):
            raise self._wrong(name, f"[[{name}]] tables")
        places = [f"{self.where}, [[{name}]] {number}" for number in range(1, len(tables) + 1)]
        return [
            _checked(TomlTable(place, table), known)
            for place, table in zip(places, tables, strict=True)
        ]

    def _entry(self, name: str, type_: type[T], wanted: str, default: T) -> T:
        value = self.values.get(name, default)
        if type(value) is not type_:
            raise self._wrong(name, wanted)
        return value

    def _wrong(self, name: str, wanted: str) -> InputError:
        return InputError(f"{self.where}: {name!r} must be {wanted}. Correct it and try again.")


def read_toml(path: Path, what: str, known: Collection[str]) -> TomlTable:
    """Read a TOML file.

    Args:
        path: of the file.
        what: what the file is, as messages call it.
        known: the entries that such a file may have.

    Raises:
        InputError: it cannot be read, or has an entry that is not known.
    """
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"The {what} {path} cannot be read: {error}. eval/README.md shows one."
        ) from error
    return _checked(TomlTable(f"The {what} {path}", values), known)


def changed(base: Settings, changes: Mapping[str, Any]) -> Settings:
    """Return settings with some of them replaced by values of a TOML file.

    Raises:
        InputError: a name that is no setting, or a value that is not of its type.
    """
    return base.updated({name: str(value) for name, value in changes.items()})


def _checked(table: TomlTable, known: Collection[str]) -> TomlTable:
    if unknown := set(table.values) - set(known):
        raise InputError(
            f"{table.where} has an unknown entry {', '.join(sorted(unknown))}. "
            f"Entries: {', '.join(sorted(known))}."
        )
    return table
