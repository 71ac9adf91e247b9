"""Functions that the tests of the library run in other processes, and papers for them to add."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

import numpy as np

from assistant.library import AddReport, Catalogue, Chunk, Embedder, Library, Vector
from assistant.library.index.vectors import Vectors
from assistant.papers import Paper
from assistant.text.sentences import Span

# Every process starts with these modules imported, which takes seconds.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["sentence_transformers", "chromadb", "assistant.library"])

_ANIMALS = "otter heron badger lynx beetle salmon raven hedgehog viper mule".split()
_PLACES = "harbour vineyard monastery glacier railway swamp".split()


def sixty_papers(*, seasons: int = 3) -> list[Paper]:
    """Return sixty short papers, each about a different animal and place."""
    return [
        Paper(
            title=f"The {animal} of the {place}",
            abstract=f"We watch one {animal} at a {place} for {seasons} seasons. It sleeps a lot.",
        )
        for animal in _ANIMALS
        for place in _PLACES
    ]


def add(folder: Path, embedder: str, embedder_folder: Path, papers: Sequence[Paper]) -> AddReport:
    """Open a library, add papers and close it."""
    library = Library(folder, Embedder(embedder, embedder_folder))
    report = library.add(papers)
    library.close()
    return report


def killed_at(call: str, nth: int, work: Callable[..., object], *arguments: object) -> None:
    """Run a function, and kill this process at the nth call of another one.

    Args:
        call: the qualified name of the function whose nth call kills the process.
        nth: from 1.
        work: the function to run.
        arguments: for that function.
    """
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        if event == "call" and frame.f_code.co_qualname == call:
            calls += 1
            if calls == nth:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    work(*arguments)


def remove_papers(folder: Path, embedder: str, embedder_folder: Path, ids: list[str]) -> None:
    """Open a library and remove papers."""
    Library(folder, Embedder(embedder, embedder_folder)).remove(ids)


def reindex(folder: Path, embedder: str, embedder_folder: Path) -> None:
    """Open a library and index it again."""
    Library(folder, Embedder(embedder, embedder_folder)).reindex()


def unit_vectors(numbers: range) -> Vector:
    """Return a random unit vector for each number, shape (len(numbers), 384)."""
    vectors = np.stack([np.random.default_rng(n).normal(size=384) for n in numbers])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors, dtype=np.float32)


def store_vectors(vectors: Vectors, catalogue: Catalogue, numbers: range) -> None:
    """Store a vector for each number, and write to the catalogue so that others notice."""
    chunks = [
        Chunk(n, "chunk", Paper(title="", abstract="", arxiv_id=str(n)), Span(0, 0))
        for n in numbers
    ]
    vectors.store(chunks, unit_vectors(numbers))
    catalogue.set_meta("last stored", str(numbers))


def open_and_store_vectors(folder: Path, embedder_folder: Path, numbers: range) -> None:
    """Open a catalogue and its vectors, and store vectors as `store_vectors` does."""
    catalogue = Catalogue(folder / "catalogue.sqlite")
    embedder = Embedder("all-minilm-l6-v2", embedder_folder)
    store_vectors(Vectors(folder, embedder, catalogue), catalogue, numbers)
