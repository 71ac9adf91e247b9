"""Rank the documents of a test collection with our retrieval and with its parts."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assistant.errors import InputError
from assistant.evaluation.evaluate import OnProgress, Progress
from assistant.evaluation.ranking.collection import Ranking, TestCollection
from assistant.library import Embedder, Level, Library, PaperProgress
from assistant.models import locate
from assistant.retrieval import retrieve
from assistant.settings import Settings
from assistant.text.words import content_words

DEPTH = 100
"""The number of documents ranked for each query: the deepest measure is recall at 100."""

Ranker = Callable[[Library, str, Settings], Ranking]
"""Ranks up to `DEPTH` papers of a library for a query."""


def _fused(library: Library, query: str, settings: Settings) -> Ranking:
    retrieval = retrieve(library, query, replace(settings, papers_ranked=DEPTH))
    return [(ranked.paper.id, ranked.score) for ranked in retrieval.papers]


def _bm25(library: Library, query: str, settings: Settings) -> Ranking:  # noqa: ARG001
    return library.catalogue.words.match(content_words(query), DEPTH)


def _nearest(level: Level) -> Ranker:
    def rank(library: Library, query: str, settings: Settings) -> Ranking:  # noqa: ARG001
        vector = library.embedder.embed_question(query)
        limit = DEPTH
        while True:  # a paper is repeated for each of its chunks
            found = library.nearest(level, vector, limit)
            best: dict[str, float] = {}
            for paper_id, cosine in found:
                best.setdefault(paper_id, cosine)
            if len(best) >= DEPTH or len(found) < limit:
                return list(best.items())[:DEPTH]
            limit *= 2

    return rank


RANKERS: dict[str, Ranker] = {
    "fused": _fused,
    "bm25": _bm25,
    "chunks": _nearest("chunk"),
    "abstracts": _nearest("abstract"),
}
"""The rankers by name: as for a question, but without a language model; by BM25 alone; by the
nearest chunk alone; by the nearest abstract alone."""


def index_documents(
    collection: TestCollection,
    folder: Path,
    settings: Settings,
    on_progress: Callable[[PaperProgress], None] | None = None,
) -> Library:
    """Return a library of the documents of a test collection; only missing ones are indexed.

    Args:
        collection: the collection with the documents.
        folder: the library folder, created if it does not exist.
        settings: name the embedder and the chunk size of a new library.
        on_progress: called as documents are indexed.

    Raises:
        InputError: the folder is a library with other papers.
        LibraryError: the folder cannot be used.
        ModelError: the embedder is not on this machine.
    """
    embedder = Embedder(settings.embedder, locate(settings.embedder))
    library = Library(folder, embedder, settings.chunk_word_pieces)
    library.repair(on_progress)
    wanted = {paper.id: paper for paper in collection.documents.values()}
    present = {paper.id for paper in library.catalogue.papers()}
    if others := present - wanted.keys():
        library.close()
        raise InputError(
            f"The library {folder} holds {len(others)} papers that are not of {collection.name}. "
            "Choose another folder."
        )
    library.add([paper for id_, paper in wanted.items() if id_ not in present], on_progress)
    return library


def rank_queries(
    ranker: Ranker,
    library: Library,
    collection: TestCollection,
    settings: Settings,
    on_progress: OnProgress | None = None,
) -> tuple[dict[str, Ranking], list[float]]:
    """Rank the documents for each judged query of a test collection.

    Args:
        ranker: one of `RANKERS`.
        library: the library that holds the documents.
        collection: the collection with the queries.
        settings: the settings for retrieval.
        on_progress: called before the first query and after each.

    Returns:
        The rankings by query, with the collection's ids, and the time of each query in seconds.
    """
    names: Mapping[str, str] = {paper.id: id_ for id_, paper in collection.documents.items()}
    library.embedder.embed_question(collection.name)  # loads the model before timing starts
    rankings: dict[str, Ranking] = {}
    seconds: list[float] = []
    queries = collection.judged
    for query, text in queries.items():
        if on_progress:
            on_progress(Progress(len(rankings), len(queries)))
        start = time.perf_counter()
        ranking = ranker(library, text, settings)
        seconds.append(time.perf_counter() - start)
        rankings[query] = [(names[id_], score) for id_, score in ranking if id_ in names]
    if on_progress:
        on_progress(Progress(len(rankings), len(queries)))
    return rankings, seconds
