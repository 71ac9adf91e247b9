"""Concurrent use of one library by several processes and threads."""

from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np
from consistency import assert_consistent, assert_finds_all
from other_processes import (
    PROCESSES,
    add,
    open_and_store_vectors,
    sixty_papers,
    store_vectors,
    unit_vectors,
)

from assistant.library import Catalogue, Embedder, Library
from assistant.library.index.vectors import Vectors
from assistant.models import locate

EMBEDDER = "all-minilm-l6-v2"


def in_another_process(work: object, *arguments: object) -> BaseProcess:
    process = PROCESSES.Process(target=work, args=arguments)  # type: ignore[arg-type]
    process.start()
    return process


def test_two_processes_add_to_new_library_at_once(embedder: Embedder, tmp_path: Path) -> None:
    folder, papers = tmp_path / "library", sixty_papers()
    both = [
        in_another_process(add, folder, EMBEDDER, locate(EMBEDDER), some)
        for some in (papers[:40], papers[20:])
    ]
    for process in both:
        process.join()
    assert [process.exitcode for process in both] == [0, 0]
    library = Library(folder, embedder)
    assert {paper.id for paper in library.catalogue.papers()} == {paper.id for paper in papers}
    assert_consistent(library)
    assert_finds_all(library)
    library.close()


def test_open_library_finds_paper_added_by_another_process(small_library: Library) -> None:
    vector = small_library.embedder.embed(["an otter at a harbour"])[0]
    assert len(small_library.nearest("chunk", vector, 1)) == 1
    otter = sixty_papers()[0]
    arguments = (small_library.folder, EMBEDDER, locate(EMBEDDER), [otter])
    in_another_process(add, *arguments).join()
    assert small_library.nearest("chunk", vector, 1)[0][0] == otter.id


def test_no_vector_is_lost_when_processes_write_in_turns(
    embedder: Embedder, tmp_path: Path
) -> None:
    # More than a thousand each, because only then does Chroma write its index to disk.
    turns = [range(start, start + 1200) for start in range(0, 4800, 1200)]
    catalogue = Catalogue(tmp_path / "catalogue.sqlite")
    vectors = Vectors(tmp_path, embedder, catalogue)
    for mine, others in (turns[:2], turns[2:]):
        store_vectors(vectors, catalogue, mine)
        in_another_process(open_and_store_vectors, tmp_path, locate(EMBEDDER), others).join()
    vectors.close()
    reopened = Vectors(tmp_path, embedder, catalogue)
    some = range(0, 4800, 20)
    found = [reopened.nearest("chunk", vector, 1)[0][0] for vector in unit_vectors(some)]
    assert found == list(some)
    assert reopened.count() == 4800
    reopened.close()
    catalogue.close()


def test_concurrent_embedding_and_counting_give_right_results(
    embedder: Embedder,
) -> None:
    texts = ["snails carry letters " * times for times in (1, 3, 20, 150)]
    vectors = [embedder.embed([text])[0] for text in texts]
    counts = [embedder.word_pieces(text) for text in texts]
    wrong: list[str] = []

    def embed() -> None:
        for _ in range(5):
            for text, vector in zip(texts, vectors, strict=True):
                if not np.allclose(embedder.embed([text])[0], vector, atol=1e-3):
                    wrong.append(f"vector of {len(text)} characters")

    def count() -> None:
        for _ in range(500):
            wrong.extend(
                f"{embedder.word_pieces(text)} word pieces, not {pieces}"
                for text, pieces in zip(texts, counts, strict=True)
                if embedder.word_pieces(text) != pieces
            )

    with ThreadPoolExecutor(4) as threads:
        for future in [threads.submit(work) for work in (embed, embed, count, count)]:
            future.result()  # raises what the thread raised
    assert wrong == []
