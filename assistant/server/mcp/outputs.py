"""The structured outputs of the tools that REST does not share."""

from pydantic import BaseModel, Field

from assistant.papers import Paper
from assistant.text.instructions import text_without_instructions


class ResultBody(BaseModel):
    """A search result as ChatGPT expects it."""

    id: str
    title: str
    url: str


class ResultsBody(BaseModel):
    """The search results as ChatGPT expects them."""

    results: list[ResultBody]


class DocumentBody(BaseModel):
    """A whole paper as ChatGPT expects it."""

    id: str
    title: str
    text: str = Field(description="The abstract, without sentences that address a model.")
    url: str
    metadata: dict[str, str]

    @classmethod
    def of(cls, paper: Paper) -> "DocumentBody":
        """Return the document of a paper."""
        facts = {
            "authors": ", ".join(paper.authors),
            "year": str(paper.year or ""),
            "venue": paper.venue or "",
        }
        metadata = {name: value for name, value in facts.items() if value}
        text = text_without_instructions(paper.abstract) or "No abstract."
        return cls(
            id=paper.id, title=paper.title, text=text, url=paper.link or "", metadata=metadata
        )
