"""Each promise of docs/promises.md names tests that exist."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROMISES = ROOT / "docs" / "promises.md"
TEST = re.compile(r"`(tests/[^`]+)`")


def promises() -> list[tuple[str, list[str]]]:
    """Return the rows of the tables: each promise with its tests."""
    rows = [line.strip("|").split("|") for line in PROMISES.read_text("utf-8").splitlines()]
    cells = [[cell.strip() for cell in row] for row in rows if len(row) > 1]
    return [(row[0], TEST.findall(row[-1])) for row in cells if row[0] not in ("Promise", "---")]


def find_tests(path: Path) -> set[str]:
    """Return the names of the tests in a file, or in all files of a folder."""
    files = path.rglob("test_*.py") if path.is_dir() else [path]
    return {
        node.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_there_are_promises() -> None:
    assert len(promises()) > 30


@pytest.mark.parametrize(("promise", "named"), promises())
def test_promise_names_tests_that_exist(promise: str, named: list[str]) -> None:
    assert named, "a promise without a test"
    for one in named:
        path, _, name = one.partition("::")
        assert (ROOT / path).exists(), f"there is no {path}"
        found = find_tests(ROOT / path)
        assert name in found if name else found, f"{one} is no test"
