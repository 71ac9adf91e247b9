"""The `Answer` record.

The Python API, the command line, the chat and the evals all present the same record.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from a sentence of the answer to the sentence that supports it.

    Attributes:
        number: as shown in the answer, from 1.
        evidence: the supporting sentence, with its paper and its span in the abstract.
    """

    number: int
    evidence: Evidence

    @property
    def paper_id(self) -> str:
        """Id of the cited paper."""
        return self.evidence.paper.id

    @property
    def title(self) -> str:
        """Title of the cited paper."""
        return self.evidence.paper.title

    @property
    def url(self) -> str | None:
        """The address of the cited paper."""
        return self.evidence.paper.link

    @property
    def quote(self) -> str:
        """The supporting sentence."""
        return self.evidence.text

    @property
    def span(self) -> Span:
        """The span of the quote, in characters of the abstract."""
        return self.evidence.span


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer, with its citations and the result of its checks.

    Attributes:
        text: without citation marks.
        citations: the numbers of its citations.
        supported: whether the cited abstracts have all its numbers and names.
        missing: the numbers and names that they lack.
        listed: whether it is an entry of a list, on a line of its own.
        group: the heading of the group it belongs to; empty if it belongs to none.
        folded: whether it is shown only on demand ("show all"), as are the later entries of a
            long list.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    missing: tuple[str, ...] = ()
    listed: bool = False
    group: str = ""
    folded: bool = False

    def __str__(self) -> str:
        marks = "".join(f"[{number}]" for number in self.citations)
        return f"{self.text} {marks}" if marks else self.text


def as_text(sentences: Iterable[AnswerSentence]) -> str:
    """Return sentences as one text, laid out as `separated` says."""
    return "".join(f"{separator}{one}" for separator, one in separated(sentences)).strip()


def separated(sentences: Iterable[AnswerSentence]) -> Iterator[tuple[str, AnswerSentence]]:
    """Yield each sentence with the text between it and the one before.

    Each entry of a list begins a line with a dash; each group begins with its heading on a line.
    """
    group = ""
    for index, one in enumerate(sentences):
        separator = ""
        if one.group != group:
            group = one.group
            separator = f"\n\n{group}:\n" if group else "\n\n"
        if one.listed:
            separator += "\n- "
        yield (separator or " " if index else separator.lstrip()), one


@dataclass(frozen=True, slots=True)
class Timings:
    """How long an answer took, in seconds, and in tokens.

    Attributes:
        retrieval_s: from the question to the evidence.
        first_token_s: from the question to the first token; to the decision if it abstained.
        total_s: from the question to the finished answer.
        prompt_tokens: of all prompts of this answer.
        cached_tokens: of these, how many needed no reading.
        completion_tokens: written by the model.
    """

    retrieval_s: float
    first_token_s: float
    total_s: float
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with everything that led to it.

    Attributes:
        question: as asked.
        standalone_question: as searched for, with the earlier questions that a follow-up refers
            to.
        sentences: of the answer, in order; of the abstention if it abstained.
        citations: numbered from 1, in the order of their first use.
        evidence: the sentences that the model was shown.
        papers: the ranked papers, best first.
        abstained: whether the assistant says that the abstracts do not answer.
        confidence: the calibrated probability, 0 to 1, that the evidence answers the question;
            None where no such probability was estimated (see `certainty`).
        timings: seconds and tokens.
        model: the name and fingerprint of the model.
        library: the fingerprint of the library.
        kind: the kind of question that was answered (see `QuestionPlan`).
        certainty: for a question that wants a verdict or is about two papers, the model's share of
            yes, 0 to 1, that the evidence states the answer; for a list, the mean probability that
            an entry belongs. None for other questions. It is not calibrated.
    """

    question: str
    standalone_question: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    papers: tuple[RankedPaper, ...]
    abstained: bool
    confidence: float | None
    timings: Timings
    model: str
    library: str
    kind: str = "fact"
    certainty: float | None = None

    @property
    def text(self) -> str:
        """The answer with its citation marks."""
        return as_text(self.sentences)

    @property
    def missing(self) -> tuple[str, ...]:
        """The distinct numbers and names that the cited abstracts lack."""
        return tuple(dict.fromkeys(name for one in self.sentences for name in one.missing))

    def __str__(self) -> str:
        """Return the answer, then the numbered sources with their quotes.

        The entries of a list contain their quotes, so their sources are printed without.
        """
        shown = [one for one in self.sentences if not one.folded]
        text = as_text(shown)
        if folded := len(self.sentences) - len(shown):
            text += f"\n\n{folded} more are not shown here; --json has them all."
        listed = {number for one in self.sentences if one.listed for number in one.citations}
        sources = [
            f"[{citation.number}] {citation.title}{_link(citation)}"
            + ("" if citation.number in listed else f'\n    "{citation.quote}"')
            for citation in self.citations
        ]
        return "\n\n".join([text, *(["\n".join(sources)] if sources else [])])

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as one JSON object, as `assistant ask --json` prints it."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.text,
            "abstained": self.abstained,
            "kind": self.kind,
            "confidence": _rounded(self.confidence),
            "certainty": _rounded(self.certainty),
            "sentences": [
                {
                    **asdict(sentence),
                    "citations": list(sentence.citations),
                    "missing": list(sentence.missing),
                }
                for sentence in self.sentences
            ],
            "citations": [
                {
                    "number": citation.number,
                    "paper_id": citation.paper_id,
                    "title": citation.title,
                    "url": citation.url,
                    "quote": citation.quote,
                    "start": citation.span.start,
                    "end": citation.span.end,
                }
                for citation in self.citations
            ],
            "papers": [
                {
                    "paper_id": ranked.paper.id,
                    "title": ranked.paper.title,
                    "score": round(ranked.score, 4),
                }
                for ranked in self.papers
            ],
            "evidence": [
                {"paper_id": one.paper.id, "text": one.text, "score": round(one.score, 4)}
                for one in self.evidence
            ],
            "timings": {
                name: round(value, 4) if isinstance(value, float) else value
                for name, value in asdict(self.timings).items()
            },
            "model": self.model,
            "library": self.library,
        }


def _link(citation: Citation) -> str:
    return f" ({citation.url})" if citation.url else ""


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 4)
