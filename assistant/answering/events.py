"""The events that lead to an `Answer`."""

from dataclasses import dataclass
from typing import TypeAlias

from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.retrieval import Evidence, RankedPaper


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Retrieval has finished. The event is repeated if the papers are reranked."""

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TokenWritten:
    """The model wrote a piece of text. It is provisional until its sentence has been checked."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceWritten:
    """A sentence is finished, cited and checked; it replaces the tokens since the last one.

    If the model's sentence failed its checks, this is a quotation of the evidence.

    Attributes:
        sentence: the finished sentence.
        citations: all citations of the answer so far.
        failed: the names of the checks that the model's sentence failed. One that is kept all the
            same does not count as an answer.
    """

    sentence: AnswerSentence
    citations: tuple[Citation, ...]
    failed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceDropped:
    """A finished sentence failed its checks and is left out.

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
        found: the number of those checked that belong in the answer.
    """

    done: int
    total: int
    found: int


AnswerEvent: TypeAlias = (
    EvidenceFound | PapersChecked | TokenWritten | SentenceWritten | SentenceDropped | Answer
)
"""What `Assistant.stream` yields; the last event is the `Answer`."""
