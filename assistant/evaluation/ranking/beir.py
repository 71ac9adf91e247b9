"""Folders in the format of BEIR: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/SPLIT.tsv``."""

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.atomic_write import write_atomically
from assistant.errors import InputError
from assistant.evaluation.ranking.collection import TestCollection
from assistant.papers import Paper
from assistant.papers.parsing.text_cleaning import one_line

_SPLITS = ("test", "dev", "train")
_COLUMNS = ("query-id", "corpus-id", "score")
# About the length of a title, for documents that have none.
_TITLE_WORDS = 12


def read_beir(folder: Path, split: str | None = None) -> TestCollection:
    """Read a BEIR folder.

    Documents become papers with the collection's ids in place of a DOI, so that no two of them are
    taken for the same paper. A document without a title gets its first words as its title.

    Args:
        folder: the folder with the three files.
        split: the name of the file of judgements; by default test, dev or train, whichever is
            there first.

    Raises:
        InputError: a file is missing or malformed. The message names the file and the line.
    """
    documents = {
        str(record["_id"]): _paper(record) for record in _records(folder / "corpus.jsonl", "text")
    }
    if len({paper.id for paper in documents.values()}) < len(documents):
        raise InputError(
            f"Ids of documents in {folder / 'corpus.jsonl'} differ only in case. Rename them."
        )
    queries = {
        str(record["_id"]): one_line(record["text"])
        for record in _records(folder / "queries.jsonl", "text")
    }
    file = _judgements_file(folder, split)
    collection = TestCollection(
        f"{folder.resolve().name}, {file.stem}", documents, queries, dict(_judgements(file))
    )
    if not collection.judged:
        raise InputError(f"{file} names no query of {folder}. Choose another --split.")
    return collection


def write_beir(collection: TestCollection, folder: Path, *, overwrite: bool = False) -> None:
    """Write a test collection as a BEIR folder, with its judgements as the split ``test``.

    Raises:
        InputError: the folder cannot be written, or a file exists and must not be overwritten.
    """
    try:
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{folder} cannot be created: {error.strerror}. Choose another folder."
        ) from error
    documents = (
        {"_id": id_, "title": paper.title, "text": paper.abstract, "metadata": {}}
        for id_, paper in collection.documents.items()
    )
    queries = (
        {"_id": id_, "text": text, "metadata": {}} for id_, text in collection.queries.items()
    )
    rows = (
        (query, document, str(relevance))
        for query, judgements in collection.relevance.items()
        for document, relevance in judgements.items()
    )
    files = {
        "corpus.jsonl": map(_json_line, documents),
        "queries.jsonl": map(_json_line, queries),
        "qrels/test.tsv": ("\t".join(row) + "\n" for row in (_COLUMNS, *rows)),
    }
    for name, lines in files.items():
        write_atomically(folder / name, lines, overwrite=overwrite)


def _json_line(record: Mapping[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _paper(record: Mapping[str, Any]) -> Paper:
    text = one_line(record["text"])
    title = one_line(str(record.get("title") or "")) or " ".join(text.split()[:_TITLE_WORDS])
    return Paper(title=title, abstract=text, doi=str(record["_id"]), source="corpus.jsonl")


def _records(path: Path, *fields: str) -> Iterator[Mapping[str, Any]]:
    """Yield the objects of a JSON Lines file, which have an ``_id`` and the fields as texts."""
    for number, line in _numbered_lines(path):
        try:
            record = json.loads(line)
            if not isinstance(record, dict) or not record.get("_id"):
                raise ValueError("no object with an '_id'")
            if absent := [field for field in fields if not isinstance(record.get(field), str)]:
                raise ValueError(f"{absent[0]!r} is no text")
        except (ValueError, RecursionError) as error:
            raise InputError(f"{path}, line {number}: {error}. See the format of BEIR.") from error
        yield record


def _judgements_file(folder: Path, split: str | None) -> Path:
    files = [folder / "qrels" / f"{name}.tsv" for name in ((split,) if split else _SPLITS)]
    found = next((file for file in files if file.is_file()), None)
    if found is None:
        there = sorted(file.stem for file in (folder / "qrels").glob("*.tsv"))
        raise InputError(
            f"There is no {files[0]}. "
            + (f"Choose another --split: {', '.join(there)}." if there else "See BEIR's format.")
        )
    return found


def _judgements(path: Path) -> Iterator[tuple[str, Mapping[str, int]]]:
    """Yield each query with its judgements; the first line is a header."""
    by_query: dict[str, dict[str, int]] = {}
    for number, line in list(_numbered_lines(path))[1:]:
        try:
            [(query, document, relevance)] = csv.reader([line], delimiter="\t")
            by_query.setdefault(query, {})[document] = int(relevance)
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}: a line is {', '.join(_COLUMNS)}, separated by tabs."
            ) from error
    yield from by_query.items()


def _numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {error}. A BEIR folder has corpus.jsonl, queries.jsonl and "
            "qrels/test.tsv."
        ) from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")
