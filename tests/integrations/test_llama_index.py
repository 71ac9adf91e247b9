"""The LlamaIndex retriever and query engine."""

from server_under_test import QUESTION, Served

from assistant.integrations.llama_index import PaperQueryEngine, PaperRetriever


def test_nodes_are_papers_with_their_scores(served: Served) -> None:
    nodes = PaperRetriever(served.state.assistant, k=2).retrieve("noise of trams")
    assert len(nodes) == 2
    assert nodes[0].node.id_ == "doi:10.5555/trams.7"
    assert nodes[0].text.startswith("Silent Trams for Old Towns\nRubber wheels")
    assert (nodes[0].score or 0) > (nodes[1].score or 0)


def test_source_nodes_of_a_response_are_the_quotes(served: Served) -> None:
    response = PaperQueryEngine(served.state.assistant).query(QUESTION)
    assert str(response) == response.metadata["answer"]
    [first, *_] = response.source_nodes
    [paper] = served.state.assistant.library.catalogue.papers([first.metadata["paper_id"]])
    assert first.text in paper.abstract
