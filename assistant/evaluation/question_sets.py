"""Question sets: JSON Lines files or tables (CSV) of questions with known answers.

`eval/README.md` describes the format. A line or row is a question about papers of the library, or a
verdict question (yes/no/maybe, true/false) that includes the abstract it is about.
"""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.answering import Turn
from assistant.errors import InputError
from assistant.evaluation.broad import BROAD_KINDS, parse_broad_gold
from assistant.evaluation.csv_questions import TABLE_SUFFIXES, row_record, table_rows
from assistant.evaluation.questions import (
    COLLECTION,
    FACT_KINDS,
    FORM_KINDS,
    KINDS,
    SUBJECTS,
    VERDICT,
    VERDICT_SCALES,
    Question,
)
from assistant.package_data import packaged_data
from assistant.papers import Paper
from assistant.papers.files.discover import path_exists


def question_file(name_or_path: str | Path) -> Path:
    """Return the file of a question set.

    Args:
        name_or_path: a path, or the name of a set that ships with the package.

    Raises:
        InputError: there is no such set and no such file, or the path cannot be accessed.
    """
    path = Path(name_or_path).expanduser()
    if _is_file(path):
        return path
    shipped = _shipped_folder() / f"{name_or_path}.jsonl"
    if _is_file(shipped):
        return shipped
    raise InputError(
        f"There is no question set {str(name_or_path)!r}. Give the path of a JSON Lines or CSV "
        f"file, or the name of a set that ships with the assistant: {', '.join(shipped_sets())}."
    )


def shipped_sets() -> list[str]:
    """Return the names of the question sets that ship with the package."""
    return sorted(file.stem for file in _shipped_folder().glob("*.jsonl"))


def _shipped_folder() -> Path:
    return packaged_data("eval", "questions")


def question_name(name_or_path: str | Path) -> str:
    """Return how a manifest refers to a question set: by name if it is shipped, else by path."""
    path = Path(name_or_path).expanduser()
    return str(path.resolve()) if _is_file(path) else str(name_or_path)


def _is_file(path: Path) -> bool:
    return path_exists(path) and path.is_file()


def load_questions(name_or_path: str | Path) -> list[Question]:
    """Load the questions of a set, in the order of the file.

    Args:
        name_or_path: a file, or the name of a set that ships with the package (``sample``).

    Raises:
        InputError: there is no such file, or a line is not a question. The message names the file,
            the line and the error.
    """
    path = question_file(name_or_path)
    questions: dict[str, Question] = {}
    for number, entry in _entries(path):
        try:
            question = _question(_object(entry) if isinstance(entry, str) else row_record(entry))
            if question.id in questions:
                raise ValueError(f"the id {question.id!r} is already used by an earlier line")
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}: {error}. eval/README.md describes the format."
            ) from error
        questions[question.id] = question
    if not questions:
        raise InputError(f"The question set {path} is empty. Put one question on each line.")
    if len({question.abstract is None for question in questions.values()}) > 1:
        raise InputError(
            f"{path} mixes verdict questions that include their abstracts with questions about a "
            "library. Split it into two files."
        )
    return list(questions.values())


def _entries(path: Path) -> Iterator[tuple[int, str | Mapping[str, str]]]:
    """Yield the number of each line with its text, or of each row of a table with its cells."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix.lower() in TABLE_SUFFIXES:
            yield from table_rows(text)
            return
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"The question set {path} cannot be read as text: {error}. Save it as UTF-8."
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _object(line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON ({error.msg} at character {error.pos + 1})") from error
    if not isinstance(record, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 - reported like the others
    return record


def _question(record: Mapping[str, Any]) -> Question:
    if "kind" not in record and "abstract" in record:
        return _verdict_question_with_abstract(record)
    kind = _text(record, "kind")
    if kind not in KINDS:
        raise ValueError(f"unknown kind {kind!r} (known: {', '.join(KINDS)})")
    if kind == VERDICT:
        return _verdict_question(record, _texts(record, "papers"))
    if kind in BROAD_KINDS:
        return _broad_question(kind, record)
    if bool(record.get("history")) != bool(record.get("standalone")):
        raise ValueError("a follow-up needs both a 'history' and a 'standalone' question")
    return Question(
        id=_text(record, "id"),
        kind=kind,
        text=_text(record, "question"),
        papers=_texts(record, "papers") if record.get("papers") or kind == COLLECTION else (),
        answers=_texts(record, "answers") if kind in FORM_KINDS else (),
        facts=_facts(record) if kind in FACT_KINDS else (),
        evidence=_texts(record, "evidence") if record.get("evidence") else (),
        subject=_subject(record) if kind == COLLECTION else "",
        borderline=_texts(record, "borderline") if record.get("borderline") else (),
        history=_history(record) if record.get("history") else (),
        standalone=_text(record, "standalone") if record.get("standalone") else None,
    )


def _broad_question(kind: str, record: Mapping[str, Any]) -> Question:
    answers = record.get("answers") or record.get("any")
    return Question(
        id=_text(record, "id"),
        kind=kind,
        text=_text(record, "question"),
        papers=_texts(record, "papers") if record.get("papers") else (),
        answers=_texts({"answers": answers}, "answers") if answers else (),
        facts=_facts(record) if record.get("facts") else (),
        borderline=_texts(record, "borderline") if record.get("borderline") else (),
        history=_history(record) if record.get("history") else (),
        broad=parse_broad_gold(kind, record),
    )


def _verdict_question_with_abstract(record: Mapping[str, Any]) -> Question:
    # The title is left out where it would give the answer away.
    title = _text(record, "title") if record.get("title") else f"Abstract {_text(record, 'id')}"
    abstract = Paper(title=title, abstract=_text(record, "abstract"))
    return _verdict_question(record, (title,), abstract)


def _verdict_question(
    record: Mapping[str, Any], papers: tuple[str, ...], abstract: Paper | None = None
) -> Question:
    verdict = _text(record, "answer").lower()
    if not any(verdict in scale for scale in VERDICT_SCALES):
        known = ", ".join(verdict for scale in VERDICT_SCALES for verdict in scale)
        raise ValueError(f"unknown verdict {verdict!r} (known: {known})")
    is_claim = "claim" in record
    text = f"True or false: {_text(record, 'claim')}" if is_claim else _text(record, "question")
    return Question(
        id=_text(record, "id"),
        kind=VERDICT,
        text=text,
        papers=papers,
        answers=(verdict,),
        abstract=abstract,
    )


def _history(record: Mapping[str, Any]) -> tuple[Turn, ...]:
    turns = record["history"]
    if not isinstance(turns, list) or not all(isinstance(turn, dict) for turn in turns):
        raise ValueError("'history' must be a list of turns, each with a 'question' and 'answer'")
    try:
        return tuple(Turn(_text(turn, "question"), _text(turn, "answer")) for turn in turns)
    except ValueError as error:
        raise ValueError(f"in a turn of 'history', {error}") from error


def _facts(record: Mapping[str, Any]) -> tuple[tuple[str, ...], ...]:
    facts = record.get("facts")
    if not isinstance(facts, list) or not facts:
        raise ValueError("'facts' must be a list of facts, each a list of substrings")
    return tuple(_texts({"facts": fact}, "facts") for fact in facts)


def _subject(record: Mapping[str, Any]) -> str:
    subject = _text(record, "subject")
    if subject not in SUBJECTS:
        raise ValueError(f"unknown subject {subject!r} (known: {', '.join(SUBJECTS)})")
    return subject


def _text(record: Mapping[str, Any], field: str) -> str:
    value = record.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{field!r} must be a non-empty text")
    return " ".join(value.split())


def _texts(record: Mapping[str, Any], field: str) -> tuple[str, ...]:
    values = record.get(field)
    if not isinstance(values, list) or not values:
        raise ValueError(f"{field!r} must be a non-empty list of texts")
    return tuple(_text({field: value}, field) for value in values)
