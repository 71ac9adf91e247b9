"""The LlamaIndex recipe: a vector index and a streaming query engine with default options.

LlamaIndex's llama.cpp class ignores the chat template in the model's file and formats every prompt
for Llama 2. As its documentation recommends, the right template is passed.
"""

from collections.abc import Callable
from pathlib import Path

from assistant.errors import ModelError
from eval.peers.recipe import Answerer, Parts, Recipe, Reply, paper_text


def build(parts: Parts) -> Answerer:
    """Index the papers and load the model; return a function that answers a question."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from llama_index.llms.llama_cpp import LlamaCPP

    documents = [
        Document(text=paper_text(paper), metadata={"title": paper.title}) for paper in parts.papers
    ]
    embedder = HuggingFaceEmbedding(model_name=str(parts.embedder), device="cpu")
    index = VectorStoreIndex.from_documents(documents, embed_model=embedder)
    model = LlamaCPP(
        model_path=str(parts.model),
        temperature=0.0,
        max_new_tokens=parts.max_answer_tokens,
        context_window=parts.context_tokens,
        model_kwargs={"n_threads": parts.threads, "n_threads_batch": parts.threads},
        completion_to_prompt=_as_user_turn(parts.model),
        verbose=False,
    )
    engine = index.as_query_engine(llm=model, streaming=True)

    def answer(question: str) -> Reply:
        response = engine.query(question)
        titles = tuple(str(source.metadata["title"]) for source in response.source_nodes)
        pieces = getattr(response, "response_gen", None) or [str(response)]
        return Reply(titles, pieces)

    return answer


def _as_user_turn(model: Path) -> Callable[[str], str]:
    """Return a function that formats a prompt as a user turn with a model's chat template.

    Raises:
        ModelError: the model's file has no chat template.
    """
    from llama_cpp import Llama
    from llama_cpp.llama_chat_format import Jinja2ChatFormatter

    vocabulary = Llama(model_path=str(model), vocab_only=True, verbose=False)
    template = vocabulary.metadata.get("tokenizer.chat_template")
    if template is None:
        raise ModelError(f"{model} has no chat template. Choose an instruct model.")
    bos, eos = (
        vocabulary.detokenize([token], special=True).decode()
        for token in (vocabulary.token_bos(), vocabulary.token_eos())
    )
    formatter = Jinja2ChatFormatter(template=template, bos_token=bos, eos_token=eos)

    def as_user_turn(prompt: str) -> str:
        return formatter(messages=[{"role": "user", "content": prompt}]).prompt

    return as_user_turn


LLAMAINDEX = Recipe(
    name="LlamaIndex",
    packages=(
        "llama-index-core",
        "llama-index-embeddings-huggingface",
        "llama-index-llms-llama-cpp",
    ),
    build=build,
)
