"""Predictions: what was answered to the questions of a set, one JSON object a line."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.errors import InputError
from assistant.papers import paper_id


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, and whether its numbers and names stand in what it cites."""

    text: str
    supported: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation: the title of a paper and the sentence of it that is quoted."""

    title: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """The answer to one question of a set, as its line in the predictions file has it.

    Attributes:
        id: of the question.
        question: as it was asked.
        standalone_question: as it was understood; differs from ``question`` for a follow-up.
        answer: with citation marks, as a reader sees it.
        abstained: whether the answer is that the papers do not say.
        confidence: probability that the evidence answers the question; None if not given.
        sentences: of the answer, without citation marks.
        citations: in the order of their numbers.
        papers: titles of the ranked papers, best first.
        evidence: the sentences that the model was shown.
        timings: seconds and tokens by their names.
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
        """The answer without citation marks: a ``[2]`` must not pass for the number 2."""
        return " ".join(sentence.text for sentence in self.sentences) or self.answer

    @property
    def cited(self) -> frozenset[str]:
        """The ids of the cited papers, told apart by title."""
        return frozenset(paper_id(citation.title) for citation in self.citations)

    @classmethod
    def from_dict(cls, record: Mapping[str, Any]) -> "Prediction":
        """Read the JSON contract of an answer with the question's id; extra fields are ignored.

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
                confidence=record.get("confidence"),
                sentences=tuple(
                    Sentence(one["text"], bool(one["supported"]))
                    for one in record.get("sentences", ())
                ),
                citations=tuple(
                    Quote(one["title"], one["quote"]) for one in record.get("citations", ())
                ),
                papers=tuple(one["title"] for one in record.get("papers", ())),
                evidence=tuple(one["text"] for one in record.get("evidence", ())),
                timings=dict(record.get("timings", {})),
            )
        except (KeyError, TypeError) as error:
            raise ValueError(f"not an answer with its question's id ({error!r})") from error


def read_predictions(path: Path) -> list[Prediction]:
    """Return the predictions of a file; a last line that a cut tore in two is left out.

    Raises:
        InputError: the file cannot be read, or a line of it is no prediction.
    """
    try:
        data = path.read_bytes()
        # What follows the last line end is torn, perhaps within a character. Not splitlines(): it
        # also cuts at characters that may stand inside a JSON text.
        lines = data[: data.rfind(b"\n") + 1].decode("utf-8").split("\n")[:-1]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The predictions {path} cannot be read: {error}. "
            "Make them with `assistant eval run --out FILE`."
        ) from error
    predictions = []
    for number, line in enumerate(lines, start=1):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("not a JSON object")  # noqa: TRY004 - reported like the others
            predictions.append(Prediction.from_dict(record))
        except ValueError as error:
            raise InputError(
                f"{path}, line {number}: {error}. "
                "Make the file again with `assistant eval run --restart`."
            ) from error
    return predictions


def drop_torn_line(path: Path) -> None:
    """Cut off what follows the last line end of a file, so that lines can be appended to it."""
    if not path.exists():
        return
    with path.open("rb+") as file:
        whole = file.read().rfind(b"\n") + 1
        file.truncate(whole)
