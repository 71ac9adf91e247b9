"""A LlamaIndex retriever and query engine. Requires the extra ``paper-assistant[llama-index]``."""

import asyncio

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import RESPONSE_TYPE, Response
from llama_index.core.callbacks import CallbackManager
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from assistant.answering import Answer, Assistant
from assistant.answering.found_papers import FoundPaper, find_papers
from assistant.retrieval import paper_text_without_instructions


class PaperRetriever(BaseRetriever):
    """Finds papers for a query. A node contains the title and the abstract of a paper."""

    def __init__(self, assistant: Assistant, k: int = 4) -> None:
        """Retrieve from an assistant's library.

        Args:
            assistant: the assistant for the library.
            k: the maximum number of papers.
        """
        super().__init__()
        self._assistant = assistant
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        found = find_papers(self._assistant, query_bundle.query_str, self._k)
        return [_node(one) for one in found]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)


class PaperQueryEngine(BaseQueryEngine):
    """Answers questions from the abstracts.

    The source nodes of a response are the quoted sentences; its metadata is the answer as
    `Answer.to_dict` returns it.
    """

    def __init__(self, assistant: Assistant) -> None:
        """Answer with an assistant."""
        super().__init__(CallbackManager())
        self._assistant = assistant

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(self._assistant.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        return _response(await self._assistant.aask(query_bundle.query_str))

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}


def _node(found: FoundPaper) -> NodeWithScore:
    paper = found.paper
    metadata = {**found.to_dict(), "authors": list(paper.authors), "year": paper.year}
    return NodeWithScore(
        node=TextNode(id_=paper.id, text=paper_text_without_instructions(paper), metadata=metadata),
        score=found.score,
    )


def _response(answer: Answer) -> Response:
    nodes = [
        NodeWithScore(
            node=TextNode(
                id_=f"{cited.paper_id}#{cited.span.start}",
                text=cited.quote,
                metadata={
                    "number": cited.number,
                    "paper_id": cited.paper_id,
                    "title": cited.title,
                    "url": cited.url,
                    "start": cited.span.start,
                    "end": cited.span.end,
                },
            ),
            score=cited.evidence.score,
        )
        for cited in answer.citations
    ]
    return Response(response=answer.text, source_nodes=nodes, metadata=answer.to_dict())
