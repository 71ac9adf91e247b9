"""The routes under ``/v1``."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from assistant.server.openai.chat import complete_answer
from assistant.server.openai.embeddings import embed
from assistant.server.openai.plain import complete_plainly
from assistant.server.openai.schemas import (
    ANSWERING_MODEL,
    PLAIN_MODEL,
    ChatRequest,
    EmbeddingsRequest,
)
from assistant.server.problems import UnknownNameError
from assistant.server.requests.client_leaves import unless_client_leaves
from assistant.server.state import ServerState

_MODELS = (ANSWERING_MODEL, PLAIN_MODEL)


def openai_routes(state: ServerState) -> APIRouter:
    """Return the routes that are compatible with OpenAI's."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

    @routes.get("/models")
    def list_models() -> dict[str, Any]:
        """List the chat models: the one that answers from the papers, and the plain one."""
        return {"object": "list", "data": [_model(name) for name in _MODELS]}

    @routes.get("/models/{name}")
    def get_model(name: str) -> dict[str, Any]:
        """Return one chat model."""
        return _model(_known(name))

    @routes.post("/chat/completions")
    async def complete_chat(body: ChatRequest, request: Request) -> Response:
        """Answer the last question of a conversation from the papers.

        The text has numbered links to the papers. `annotations` point at the links, and
        `citations` have the quotes with their offsets in the abstracts.
        """
        if _known(body.model) == PLAIN_MODEL:
            return await complete_plainly(state, body, request)
        return await complete_answer(state, body, request)

    @routes.post("/embeddings")
    async def embed_texts(body: EmbeddingsRequest, request: Request) -> dict[str, Any]:
        """Embed texts with the library's embedder."""
        embedding = embed(state.assistant.library.embedder, body)
        return await unless_client_leaves(request, embedding)

    return routes


def _known(name: str) -> str:
    if name not in _MODELS:
        raise UnknownNameError(f"There is no model {name!r} here. Models: {', '.join(_MODELS)}.")
    return name


def _model(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "paper-assistant"}
