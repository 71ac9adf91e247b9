"""The stored vectors of sentences."""

import numpy as np
import pytest

from assistant.library import Catalogue
from assistant.papers import Paper


def test_vectors_are_stored_by_id_and_removed_with_their_paper(
    catalogue: Catalogue, made_up_papers: list[Paper]
) -> None:
    first, second = made_up_papers[0], made_up_papers[3]
    sentences = catalogue.chunks_of([first.id, second.id], "sentence")
    vectors = np.random.default_rng(1).normal(size=(len(sentences), 8)).astype(np.float32)
    catalogue.sentence_vectors.store(
        {chunk.id: vector for chunk, vector in zip(sentences, vectors, strict=True)}
    )
    ids = [chunk.id for chunk in sentences]
    found = catalogue.sentence_vectors.get([*ids, 999])
    assert list(found) == ids
    assert np.stack(list(found.values())) == pytest.approx(vectors, abs=0.002)
    catalogue.remove([first.id])
    left = {chunk.id for chunk in sentences if chunk.paper.id == second.id}
    assert set(catalogue.sentence_vectors.get(ids)) == left
