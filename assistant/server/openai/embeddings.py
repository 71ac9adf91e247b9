"""Embeddings by the library's embedder."""

import asyncio
import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.errors import InputError
from assistant.library import Embedder, Vector
from assistant.server.openai.schemas import EmbeddingsRequest
from assistant.server.problems import UnknownNameError

# As many as OpenAI accepts.
_MAX_TEXTS = 2048
# Computed at a time. Between batches the embedder serves others, and the client may leave.
_BATCH = 32


async def embed(embedder: Embedder, body: EmbeddingsRequest) -> dict[str, Any]:
    """Return the embeddings of some texts. Cancelling the task ends it after the current batch.

    Raises:
        UnknownNameError: the model is not the library's embedder.
        InputError: there are no texts, too many, or another dimension is asked for.
    """
    if body.model != embedder.name:
        raise UnknownNameError(f"The embedding model of this library is {embedder.name!r}.")
    texts = [body.input] if isinstance(body.input, str) else body.input
    if not texts or not all(texts):
        raise InputError("The input is empty. Send a text, or a list of texts.")
    if len(texts) > _MAX_TEXTS:
        raise InputError(f"At most {_MAX_TEXTS} texts are embedded at a time.")
    dimension = await asyncio.to_thread(lambda: embedder.dimension)
    if body.dimensions not in (None, dimension):
        raise InputError(f"The vectors of {embedder.name} have {dimension} dimensions.")
    vectors: list[Vector] = []
    pieces = 0
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        vectors.extend(await asyncio.to_thread(embedder.embed, batch))
        pieces += await asyncio.to_thread(_word_pieces, embedder, batch)
    return {
        "object": "list",
        "model": body.model,
        "data": [
            {"object": "embedding", "index": i, "embedding": _encoded(vector, body)}
            for i, vector in enumerate(vectors)
        ],
        "usage": {"prompt_tokens": pieces, "total_tokens": pieces},
    }


def _word_pieces(embedder: Embedder, texts: Sequence[str]) -> int:
    return sum(map(embedder.word_pieces, texts))


def _encoded(vector: Vector, body: EmbeddingsRequest) -> str | list[float]:
    if body.encoding_format == "base64":
        return base64.b64encode(vector.astype(np.dtype("<f4")).tobytes()).decode()
    return [float(value) for value in vector]
