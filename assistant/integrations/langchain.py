"""A LangChain retriever over a library. Requires the extra ``paper-assistant[langchain]``."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.answering import Assistant
from assistant.answering.found_papers import FoundPaper, find_papers
from assistant.retrieval import paper_text_without_instructions


class PaperRetriever(BaseRetriever):
    """Finds papers for a query.

    A document's content is the title and the abstract of a paper. Its metadata are the paper's
    fields, its score and its best sentence.

    Attributes:
        assistant: the assistant for the library.
        k: the maximum number of papers.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    assistant: Assistant
    k: int = 4

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002 - part of the interface
        k: int | None = None,
        **_: Any,
    ) -> list[Document]:
        return [_document(found) for found in find_papers(self.assistant, query, k or self.k)]


def _document(found: FoundPaper) -> Document:
    paper = found.paper
    metadata = {
        **found.to_dict(),
        "authors": list(paper.authors),
        "year": paper.year,
        "source": paper.link or paper.source,
    }
    return Document(
        id=paper.id, page_content=paper_text_without_instructions(paper), metadata=metadata
    )
