"""Predictions: the answers to the questions of a set, stored as JSON Lines."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.jsonl_store import JsonlStore
from assistant.papers import paper_id


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer.

    Attributes:
        text: without citation marks.
        supported: whether the cited abstracts contain its numbers and names.
        citations: the numbers of its citations, from 1.
    """

    text: str
    supported: bool
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation: the title of a paper and the sentence quoted from it."""

    title: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The answer to one question of a set: one line of a predictions file.

    Attributes:
        id: id of the question.
        question: the question as it was asked.
        standalone_question: the question as it was understood; differs from ``question`` for a
            follow-up.
        answer: the answer with citation marks, as users see it.
        abstained: whether the answer is that the papers do not say.
        confidence: probability that the evidence answers the question; None if not recorded.
        sentences: sentences of the answer.
        citations: in the order of their numbers.
        papers: titles of the ranked papers, best first.
        evidence: sentences shown to the model.
        timings: seconds and token counts by name.
    """

    id: str
    question: str
    standalone_question: str = ""
    answer: str
    abstained: bool
    confidence: float | None
    sentences: tuple[Sentence, ...]
    citations: tuple[Quote, ...]
    papers: tuple[str, ...]
    evidence: tuple[str, ...]
    timings: Mapping[str, float]

    @property
    def text(self) -> str:
        """The answer without citation marks, so that ``[2]`` is not taken for the number 2."""
        return " ".join(sentence.text for sentence in self.sentences) or self.answer

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the cited papers, derived from their titles."""
        return frozenset(paper_id(citation.title) for citation in self.citations)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Prediction":
        """Convert the JSON form of an answer, with the question's id added; ignore other fields.

        Raises:
            ValueError: ``id``, ``question`` or ``answer`` is missing, or a field is malformed.
        """
        try:
            return cls(
                id=str(record["id"]),
                question=" ".join(str(record["question"]).split()),
                standalone_question=str(record.get("standalone_question", "")),
                answer=str(record["answer"]),
                abstained=bool(record.get("abstained", False)),
                confidence=_number(record.get("confidence")),
                sentences=tuple(
                    Sentence(
                        _text(sentence["text"]),
                        bool(sentence["supported"]),
                        tuple(map(int, sentence.get("citations", ()))),
                    )
                    for sentence in record.get("sentences", ())
                ),
                citations=tuple(
                    Quote(_text(citation["title"]), _text(citation["quote"]))
                    for citation in record.get("citations", ())
                ),
                papers=tuple(_text(paper["title"]) for paper in record.get("papers", ())),
                evidence=tuple(_text(sentence["text"]) for sentence in record.get("evidence", ())),
                timings={
                    str(name): _number(value) or 0.0
                    for name, value in record.get("timings", {}).items()
                },
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not an answer with its question's id ({error!r})") from error


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: object) -> float | None:
    if value is not None and not isinstance(value, int | float):
        raise TypeError(f"{value!r} is no number")
    return value


def read_predictions(path: Path) -> list[Prediction]:
    """Read a predictions file; ignore an incomplete last line.

    Raises:
        InputError: the file cannot be read, or a line is not a prediction.
    """
    try:
        lines = JsonlStore(path).encoded_lines()
    except OSError as error:
        raise InputError(
            f"The predictions {path} cannot be read: {error}. "
            "Create them with `assistant eval run --out FILE`."
        ) from error
    predictions = []
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not a JSON object")  # noqa: TRY004 - reported like the others
            predictions.append(Prediction.from_dict(record))
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"{path}, line {number}: {error}. Delete the line; `assistant eval run` then asks "
                "that question again."
            ) from error
    return predictions
