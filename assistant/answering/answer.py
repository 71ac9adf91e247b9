"""The `Answer` record, from which every face shows what it shows, and the events before it."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from assistant.retrieval import Evidence, RankedPaper
from assistant.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered pointer from a sentence of the answer to the sentence that supports it.

    Attributes:
        number: as shown in the answer, from 1.
        evidence: the supporting sentence, with its paper and its place in the abstract.
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
        """Where the cited paper can be read."""
        return self.evidence.paper.link

    @property
    def quote(self) -> str:
        """The supporting sentence."""
        return self.evidence.text

    @property
    def span(self) -> Span:
        """Where the quote stands, in characters of the abstract."""
        return self.evidence.span


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of an answer and what stands behind it.

    Attributes:
        text: without citation marks.
        citations: the numbers of its citations.
        supported: whether all its numbers and names stand in the cited abstracts.
        missing: the numbers and names that do not.
        listed: whether it is an entry of a list, on a line of its own.
    """

    text: str
    citations: tuple[int, ...]
    supported: bool
    missing: tuple[str, ...] = ()
    listed: bool = False

    def __str__(self) -> str:
        marks = "".join(f"[{number}]" for number in self.citations)
        return f"{self.text} {marks}" if marks else self.text


def as_text(sentences: Iterable[AnswerSentence]) -> str:
    """Return sentences as one text; each entry of a list begins a line with a dash."""
    return "".join(f"\n- {one}" if one.listed else f" {one}" for one in sentences).strip()


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
    """Everything that is known about the answer to one question.

    Attributes:
        question: as asked.
        standalone_question: as searched for: with the earlier questions that a follow-up needs.
        sentences: of the answer, in order; of the abstention if it abstained.
        citations: numbered from 1, in the order of their first use.
        evidence: the sentences that the model was shown.
        papers: the ranked papers, best first.
        abstained: whether the answer is that the abstracts do not say.
        confidence: probability that the evidence answers the question, 0 to 1; where a verdict is
            wanted or two papers are asked about, the model's share of yes as it is; of a list, the
            share of it that probably belongs.
        timings: seconds and tokens.
        model: name and fingerprint of the model.
        library: fingerprint of the library.
    """

    question: str
    standalone_question: str
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Evidence, ...]
    papers: tuple[RankedPaper, ...]
    abstained: bool
    confidence: float
    timings: Timings
    model: str
    library: str

    @property
    def text(self) -> str:
        """The answer with its citation marks."""
        return as_text(self.sentences)

    @property
    def missing(self) -> tuple[str, ...]:
        """The numbers and names of its sentences that the cited abstracts lack, each once."""
        return tuple(dict.fromkeys(name for one in self.sentences for name in one.missing))

    def __str__(self) -> str:
        """Return the answer, then the numbered sources with their quotes.

        The entries of a list hold their quotes already.
        """
        listed = {number for one in self.sentences if one.listed for number in one.citations}
        sources = [
            f"[{citation.number}] {citation.title}{_link(citation)}"
            + ("" if citation.number in listed else f'\n    "{citation.quote}"')
            for citation in self.citations
        ]
        return "\n\n".join([self.text, *(["\n".join(sources)] if sources else [])])

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as one JSON object: the contract of every face that prints data."""
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.text,
            "abstained": self.abstained,
            "confidence": round(self.confidence, 4),
            "sentences": [
                {
                    "text": sentence.text,
                    "citations": list(sentence.citations),
                    "supported": sentence.supported,
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


@dataclass(frozen=True, slots=True)
class EvidenceFound:
    """Retrieval is done; the model starts reading. Comes again if the model reranks the papers."""

    papers: tuple[RankedPaper, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TokenWritten:
    """The model wrote a piece of text. It is provisional: its sentence is yet to be checked."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceWritten:
    """A sentence is finished, cited and checked; it replaces the tokens since the last one.

    If what was written did not hold, it is the evidence in its own words.
    """

    sentence: AnswerSentence
    citations: tuple[Citation, ...]
    """All citations of the answer so far."""


@dataclass(frozen=True, slots=True)
class SentenceDropped:
    """A finished sentence does not hold, and no evidence takes its place: it is left out."""

    sentence: AnswerSentence


@dataclass(frozen=True, slots=True)
class PapersChecked:
    """How far a question about the collection has come.

    Attributes:
        done: how many of the papers that could match were looked at.
        total: how many they are.
        found: how many of those that were looked at match.
    """

    done: int
    total: int
    found: int


AnswerEvent: TypeAlias = (
    EvidenceFound | PapersChecked | TokenWritten | SentenceWritten | SentenceDropped | Answer
)
"""What `Assistant.stream` yields: the evidence, tokens and sentences, and last the answer."""


def _link(citation: Citation) -> str:
    return f" ({citation.url})" if citation.url else ""
