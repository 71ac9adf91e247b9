"""The LangChain recipe: chunks of 1000 characters in Chroma, the best four in one prompt.

It follows LangChain's tutorials. Two defaults are changed in its favour: the context of 512 tokens,
which is too small for four chunks, and the batches of 8 tokens, which make prefill slow.
"""

from eval.peers.recipe import Answerer, Parts, Recipe, Reply, paper_text

_CHUNK_CHARACTERS = 1000
_OVERLAP_CHARACTERS = 200
_CHUNKS_SHOWN = 4
_BATCH_TOKENS = 512


def build(parts: Parts) -> Answerer:
    """Index the papers and load the model; return a function that answers a question."""
    from langchain_chroma import Chroma
    from langchain_classic.chains.combine_documents import create_stuff_documents_chain
    from langchain_classic.chains.question_answering.stuff_prompt import PROMPT_SELECTOR
    from langchain_community.chat_models import ChatLlamaCpp
    from langchain_core.documents import Document
    from langchain_huggingface import HuggingFaceEmbeddings
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    documents = [
        Document(page_content=paper_text(paper), metadata={"title": paper.title})
        for paper in parts.papers
    ]
    splitter = RecursiveCharacterTextSplitter(
        chunk_size=_CHUNK_CHARACTERS, chunk_overlap=_OVERLAP_CHARACTERS
    )
    store = Chroma.from_documents(
        splitter.split_documents(documents),
        HuggingFaceEmbeddings(model_name=str(parts.embedder), model_kwargs={"device": "cpu"}),
        persist_directory=str(parts.folder / "langchain"),
    )
    retriever = store.as_retriever(search_kwargs={"k": _CHUNKS_SHOWN})
    model = ChatLlamaCpp(
        model_path=str(parts.model),
        n_ctx=parts.context_tokens,
        n_batch=_BATCH_TOKENS,
        n_threads=parts.threads,
        model_kwargs={"n_threads_batch": parts.threads},
        temperature=0,
        max_tokens=parts.max_answer_tokens,
        verbose=False,
    )
    chain = create_stuff_documents_chain(model, PROMPT_SELECTOR.get_prompt(model))

    def answer(question: str) -> Reply:
        shown = retriever.invoke(question)
        titles = tuple(str(document.metadata["title"]) for document in shown)
        return Reply(titles, chain.stream({"context": shown, "question": question}))

    return answer


LANGCHAIN = Recipe(
    name="LangChain",
    packages=(
        "langchain-chroma",
        "langchain-classic",
        "langchain-community",
        "langchain-huggingface",
    ),
    build=build,
)
