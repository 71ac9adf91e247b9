"""TREC files: rankings (``query Q0 document rank score tag``) and relevance judgements.

The columns are separated by whitespace, so that no id can contain any.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.ranking.collection import Ranking

_RUN_COLUMNS = 6


def run_lines(query: str, ranking: Ranking, tag: str) -> Iterator[str]:
    """Yield the lines of a run file for the ranking of one query.

    Args:
        query: its id.
        ranking: the ids of documents and their scores, best first.
        tag: the name of the system.

    Raises:
        InputError: an id contains whitespace.
    """
    for rank, (document, score) in enumerate(ranking, start=1):
        yield f"{_word(query)} Q0 {_word(document)} {rank} {score:.6f} {_word(tag)}\n"


def qrels_lines(query: str, relevant: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of a file of relevance judgements for one query.

    Args:
        query: its id.
        relevant: the relevance of each judged document.

    Raises:
        InputError: an id contains whitespace.
    """
    for document, relevance in relevant.items():
        yield f"{_word(query)} 0 {_word(document)} {relevance}\n"


def read_run(path: Path) -> dict[str, Ranking]:
    """Return the rankings of a run file by query.

    As in trec_eval, they are ordered by descending score, and ties by descending document id. The
    column of ranks is ignored.

    Raises:
        InputError: the file cannot be read, or a line is malformed.
    """
    rankings: dict[str, dict[str, float]] = {}
    for number, line in enumerate(_lines(path), start=1):
        columns = line.split()
        if not columns:
            continue
        if len(columns) != _RUN_COLUMNS:
            raise InputError(
                f"{path}, line {number}: {len(columns)} columns instead of {_RUN_COLUMNS}. "
                "A line of a TREC run is: query Q0 document rank score tag."
            )
        query, _, document, _, score, _ = columns
        try:
            rankings.setdefault(query, {})[document] = float(score)
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}: the score {score!r} is no number. "
                "A line of a TREC run is: query Q0 document rank score tag."
            ) from error
    if not rankings:
        raise InputError(f"The run {path} is empty. Name a file with a ranking.")
    return {query: in_trec_order(list(scores.items())) for query, scores in rankings.items()}


def in_trec_order(ranking: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Return documents ordered by descending score, and ties by descending id."""
    return sorted(ranking, key=lambda one: (one[1], one[0]), reverse=True)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The run {path} cannot be read: {error}. Check the path.") from error


def _word(id_: str) -> str:
    if not id_ or id_.split() != [id_]:
        raise InputError(
            f"The id {id_!r} cannot be written to a TREC file, whose columns are separated by "
            "spaces. Give it an id without spaces."
        )
    return id_
