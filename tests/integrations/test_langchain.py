"""The LangChain retriever."""

from langchain_core.runnables import RunnableLambda
from run_async import run_async
from server_under_test import Served

from assistant.integrations.langchain import PaperRetriever


def test_documents_are_papers_with_their_best_sentence(served: Served) -> None:
    retriever = PaperRetriever(assistant=served.state.assistant, k=2)
    trams, other = retriever.invoke("noise of trams")
    assert trams.id == "doi:10.5555/trams.7"
    assert trams.page_content.startswith("Silent Trams for Old Towns\nRubber wheels")
    assert trams.metadata["quote"].startswith("Rubber wheels")
    assert trams.metadata["score"] > other.metadata["score"]


def test_retriever_is_a_part_of_a_chain(served: Served) -> None:
    titles = RunnableLambda(lambda found: [one.metadata["title"] for one in found])
    chain = PaperRetriever(assistant=served.state.assistant, k=1) | titles
    assert run_async(chain.ainvoke("parrots")) == ["Teaching Parrots to Count"]
