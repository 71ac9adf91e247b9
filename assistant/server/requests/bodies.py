"""The bodies of requests and responses that the REST API and the MCP tools share."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from assistant.answering import Answer, Turn
from assistant.answering.found_papers import FoundPaper
from assistant.library import AddReport, Scope
from assistant.papers import Paper
from assistant.papers.details import paper_to_json

_WITHOUT_ACCOUNTS = "those of a page without accounts"


class ScopeBody(BaseModel):
    """The papers that may answer; a paper has to match every list that is not empty."""

    papers: list[str] = Field(default=[], description="Ids of papers.")
    years: list[int] = Field(default=[], description="Years of publication.")
    sources: list[str] = Field(default=[], description="Names of files or pages.")
    tags: list[str] = Field(default=[], description=f"Tags; {_WITHOUT_ACCOUNTS}.")
    collections: list[str] = Field(default=[], description=f"Collections; {_WITHOUT_ACCOUNTS}.")

    def scope(self) -> Scope:
        """Return the scope."""
        return Scope(
            papers=tuple(self.papers),
            years=tuple(self.years),
            sources=tuple(self.sources),
            tags=tuple(self.tags),
            collections=tuple(self.collections),
        )


class TurnBody(BaseModel):
    """An earlier question of the conversation and its answer."""

    question: str
    answer: str = ""

    def turn(self) -> Turn:
        """Return the turn."""
        return Turn(self.question, self.answer)


class PaperBody(BaseModel):
    """A paper. Fields that are not known are null or empty."""

    paper_id: str
    title: str
    abstract: str = ""
    authors: list[str] = []
    year: int | None = None
    url: str | None = Field(default=None, description="The address of the paper's page.")
    doi: str | None = None
    arxiv_id: str | None = None
    type: str | None = None
    venue: str | None = None
    published: str | None = None
    keywords: list[str] = []
    citation_key: str | None = None
    extra: dict[str, str] = Field(
        default={}, description="Other fields of its record, such as note and series."
    )
    source: str = Field(default="", description="The file or page that it was read from.")
    has_pdf: bool = Field(default=False, description="Whether the library has its PDF.")

    @classmethod
    def of(cls, paper: Paper) -> "PaperBody":
        """Return the body of a paper."""
        has_pdf = paper.pdf is not None
        values = {**paper_to_json(paper), "url": paper.link, "has_pdf": has_pdf}
        return cls.model_validate(values)


class FoundPaperBody(BaseModel):
    """A paper that a search found."""

    paper_id: str
    title: str
    url: str | None
    score: float = Field(description="The relevance; only comparable within one search.")
    quote: str | None = Field(description="The sentence of the abstract nearest to the query.")


class SearchBody(BaseModel):
    """The papers found for a query, best first."""

    query: str
    papers: list[FoundPaperBody]

    @classmethod
    def of(cls, query: str, papers: Sequence[FoundPaper]) -> "SearchBody":
        """Return the body of found papers."""
        return cls.model_validate({"query": query, "papers": [one.to_dict() for one in papers]})


class PageBody(BaseModel):
    """One page of a list of papers."""

    papers: list[PaperBody]
    first: int = Field(description="The place of the first paper among all, from 1; 0 if none.")
    total: int = Field(description="The number of papers on all pages.")


class CitationBody(BaseModel):
    """A numbered source of an answer, with the sentence that supports it."""

    number: int
    paper_id: str
    title: str
    url: str | None
    quote: str
    start: int = Field(description="Where the quote begins, in characters of the abstract.")
    end: int = Field(description="Where the quote ends.")


class SentenceBody(BaseModel):
    """A sentence of an answer, with the numbers of its citations."""

    text: str
    citations: list[int]
    supported: bool = Field(description="Whether the sources have all its numbers and names.")
    missing: list[str] = Field(default=[], description="The numbers and names that they lack.")
    listed: bool = Field(default=False, description="Whether it is an entry of a list.")
    group: str = ""
    folded: bool = False


class CorrectionBody(BaseModel):
    """A word of a question that was taken for a typing error."""

    typed: str
    searched: str = Field(description="The word of the library that was searched for instead.")


class AnswerBody(BaseModel):
    """An answer: the same object as `assistant ask --json` prints."""

    question: str
    standalone_question: str
    answer: str = Field(description="The text, with citation marks such as [1].")
    abstained: bool = Field(description="Whether the abstracts do not answer the question.")
    kind: str
    corrections: list[CorrectionBody] = Field(
        default=[], description="The words of the question that were corrected."
    )
    confidence: float | None
    certainty: float | None
    sentences: list[SentenceBody]
    citations: list[CitationBody]
    papers: list[dict[str, Any]] = Field(description="The ranked papers.")
    evidence: list[dict[str, Any]] = Field(description="The sentences that the model was shown.")
    timings: dict[str, float]
    model: str
    library: str

    @classmethod
    def of(cls, answer: Answer) -> "AnswerBody":
        """Return the body of an answer."""
        return cls.model_validate(answer.to_dict())


class AddedBody(BaseModel):
    """What happened to the papers that were added."""

    added: int
    updated: int
    unchanged: int
    skipped: int
    notes: list[str] = Field(description="A line for each file or source.")

    @classmethod
    def of(cls, report: AddReport) -> "AddedBody":
        """Return the body of a report."""
        return cls(
            added=report.added,
            updated=report.updated,
            unchanged=report.unchanged,
            skipped=report.skipped,
            notes=[str(file) for file in report.files],
        )


class ReferencesBody(BaseModel):
    """Papers to fetch over the network."""

    references: list[str] = Field(
        min_length=1, description="Such as arxiv:2412.15115, doi:10.1000/182, or a paper's address."
    )


PaperOrder = Literal["best", "newest", "oldest", "title", "source"]
