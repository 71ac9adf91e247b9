"""The events emitted while a question is being answered."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.retrieval import Evidence, RankedPaper


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Evidence was found. Emitted again when the evidence changes, such as after reranking."""

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TokenWritten:
    """The model wrote a piece of text. It is provisional until its sentence has been checked."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceWritten:
    """A sentence is complete, cited and checked; it replaces the tokens since the last one.

    If the model's sentence failed its checks, this is a quotation of the evidence.

    Attributes:
        sentence: the finished sentence.
        citations: all citations of the answer so far.
        failed: the names of the checks that the model's sentence failed. A sentence that is kept
            anyway does not count as an answer.
    """

    sentence: AnswerSentence
    citations: tuple[Citation, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceDropped:
    """A sentence failed its checks and is omitted.

    Attributes:
        sentence: as the model wrote it.
        failed: the names of the checks that it failed.
    """

    sentence: AnswerSentence
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PapersChecked:
    """Progress over the candidate papers of a list or a synthesis.

    Attributes:
        done: the number of candidates checked so far.
        total: the number of candidates.
        found: the number of checked candidates that belong in the answer.
    """

    done: int
    total: int
    found: int


AnswerEvent: TypeAlias = (
    EvidenceFound | PapersChecked | TokenWritten | SentenceWritten | SentenceDropped | Answer
)
"""What `Assistant.stream` yields; the last event is the `Answer`."""
