"""Questions in a table (CSV): a header with the names of fields, then a row per question.

Several values in one cell are separated by ``|``; a cell that begins with ``[`` is a JSON list.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.evaluation.broad import EXISTENCE
from assistant.evaluation.questions import FACT_KINDS, FORM_KINDS, VERDICT

TABLE_SUFFIXES = (".csv", ".tsv")
"""The file name suffixes of tables of questions."""

_DELIMITERS = (",", ";", "\t")
_LISTS = ("papers", "answers", "facts", "evidence", "borderline")
# Aliases of columns: the names in ragas and DeepEval, and the singular.
_NAMES = {"user_input": "question", "input": "question", "paper": "papers", "fact": "facts"}


def table_rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield the number of the line where a row ends, and its cells that are not blank.

    Args:
        text: the text of the table. The delimiter is a comma, a semicolon or a tab.

    Raises:
        csv.Error: the text is not a table.
    """
    header = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=header.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names = [name.strip().lower() for name in next(rows, [])]
    for row in rows:
        cells = zip(names, map(str.strip, row), strict=False)
        known = {_NAMES.get(name, name): cell for name, cell in cells if cell}
        if known:
            yield rows.line_num, known


def row_record(cells: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the fields of a question from the cells of its row.

    A missing ``id`` is derived from the question, so that rows can be reordered. A missing ``kind``
    is inferred from what is given: facts, or answers that are all numbers, or other answers.

    Raises:
        ValueError: a cell is malformed, or a kind is missing.
    """
    record: dict[str, Any] = dict(cells)
    if cells.get("kind") not in (VERDICT, EXISTENCE) and "answer" in record:
        record.setdefault("answers", record.pop("answer"))
    for name in _LISTS:
        if name in record:
            record[name] = _values(name, record[name])
    if "facts" in record:
        record["facts"] = [one if isinstance(one, list) else [one] for one in record["facts"]]
    if "kind" not in record:
        record["kind"] = _kind(record)
    if "id" not in record:
        question = str(record.get("question", ""))
        record["id"] = f"q-{hashlib.sha256(question.encode()).hexdigest()[:8]}"
    return record


def _values(name: str, cell: str) -> list[Any]:
    if not cell.startswith("["):
        return [part.strip() for part in cell.split("|") if part.strip()]
    try:
        values = json.loads(cell)
    except json.JSONDecodeError as error:
        raise ValueError(f"the cell {name!r} begins with [ and is no JSON list") from error
    return list(values)


def _kind(record: Mapping[str, Any]) -> str:
    number, name, _ = FORM_KINDS
    explain, multi = FACT_KINDS
    if "facts" in record:
        return multi if len(record.get("papers", ())) > 1 else explain
    if "answers" in record:
        return number if all(map(_is_number, record["answers"])) else name
    raise ValueError("without 'answers' or 'facts', a 'kind' has to be given")


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return False
    return True
