"""The embeddings of texts."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "library"))

from run_async import run_async
from word_embedder import WordEmbedder

from assistant.library import Vector
from assistant.server.openai.embeddings import embed
from assistant.server.openai.schemas import EmbeddingsRequest


class CountingEmbedder(WordEmbedder):
    """Counts the texts that it has embedded."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def embed(self, texts: Sequence[str]) -> Vector:
        self.count += len(texts)
        return super().embed(texts)


def test_texts_are_no_longer_embedded_when_the_client_has_left() -> None:
    embedder = CountingEmbedder()
    body = EmbeddingsRequest(model="words", input=["walnut"] * 2000)

    async def leave() -> None:
        embedding = asyncio.create_task(embed(embedder, body))
        while not embedder.count:
            await asyncio.sleep(0)
        embedding.cancel()
        await asyncio.wait([embedding])

    run_async(leave())
    assert embedder.count < 2000


def test_batches_are_put_together_in_order() -> None:
    embedder = WordEmbedder()
    texts = [f"walnut {number}" for number in range(70)]
    found = run_async(embed(embedder, EmbeddingsRequest(model="words", input=texts)))
    vectors = [one["embedding"] for one in found["data"]]
    assert vectors == embedder.embed(texts).tolist()
    assert found["usage"]["total_tokens"] == 140
