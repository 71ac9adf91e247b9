"""The indexer: computes and stores the vectors of a catalogue's papers."""

from collections.abc import Sequence

import numpy as np

from assistant.library.catalogue import SEARCHED, Catalogue, Chunk, Level
from assistant.library.index.chunking import chunk_spans
from assistant.library.index.embedder import Embedder
from assistant.library.index.vectors import Vectors
from assistant.library.index.word_vectors import WordVectors
from assistant.library.progress import OnProgress, PaperProgress
from assistant.library.vector import Vector
from assistant.papers import Paper
from assistant.text.sentences import Span, sentence_spans
from assistant.text.shorten import shortened
from assistant.text.words import content_words

# Papers embedded and stored at a time. At most this much work is lost by an interruption.
_BATCH = 16


class Indexer:
    """Brings the vectors up to date with the catalogue, a batch of papers at a time."""

    def __init__(
        self,
        catalogue: Catalogue,
        embedder: Embedder,
        vectors: Vectors,
        word_vectors: WordVectors,
        chunk_word_pieces: int,
    ) -> None:
        """Connect the parts of a library.

        Args:
            catalogue: the papers to index.
            embedder: computes the vectors.
            vectors: where the vectors of abstracts and chunks go.
            word_vectors: where the vectors of single words go.
            chunk_word_pieces: the maximum length of a chunk, in the embedder's word pieces.
        """
        self._catalogue = catalogue
        self._embedder = embedder
        self._vectors = vectors
        self._word_vectors = word_vectors
        self._chunk_word_pieces = chunk_word_pieces

    def spans(self, paper: Paper) -> list[tuple[Level, Span]]:
        """Return the spans of a paper's chunks, of all levels."""
        whole = Span(0, len(paper.abstract))
        chunks = chunk_spans(paper, self._embedder.word_pieces, self._chunk_word_pieces)
        return [
            ("abstract", whole),
            # Without an abstract, the title alone is embedded.
            *(("chunk", span) for span in chunks or [whole]),
            *(("sentence", span) for span in sentence_spans(paper.abstract)),
        ]

    def run(self, on_progress: OnProgress | None) -> None:
        """Delete the stale vectors, and index all papers that have no vectors yet."""
        self.delete_stale()
        total = self._catalogue.pending.count_papers()
        done = 0
        while batch := self._catalogue.pending.papers(_BATCH):
            if on_progress:
                on_progress(PaperProgress(done, total))
            self._index(batch)
            done += len(batch)
        if on_progress:
            on_progress(PaperProgress(done, total))

    def _index(self, paper_ids: Sequence[str]) -> None:
        chunks = self._catalogue.chunks_of(paper_ids)
        vectors = self._embed(chunks)
        self._vectors.store(chunks, vectors)
        self._catalogue.sentence_vectors.store(
            {c.id: v for c, v in zip(chunks, vectors, strict=True) if c.level == "sentence"}
        )
        self._word_vectors.add([word for chunk in chunks for word in content_words(chunk.text)])
        self._catalogue.pending.mark_indexed(paper_ids)

    def _embed(self, chunks: Sequence[Chunk]) -> Vector:
        """Return the chunks' vectors, shape (len(chunks), dimension).

        The vector of an abstract is the normalised mean of its chunks' vectors, because an abstract
        longer than the embedder's window would be truncated.
        """
        embedded = [row for row, chunk in enumerate(chunks) if chunk.level != "abstract"]
        vectors = np.zeros((len(chunks), self._embedder.dimension), dtype=np.float32)
        vectors[embedded] = self._embedder.embed([_embedded_text(chunks[row]) for row in embedded])
        for row, chunk in enumerate(chunks):
            if chunk.level == "abstract":
                parts = [
                    i
                    for i in embedded
                    if chunks[i].level == "chunk" and chunks[i].paper == chunk.paper
                ]
                mean = vectors[parts].mean(axis=0)
                vectors[row] = mean / np.linalg.norm(mean)
        return vectors

    def delete_stale(self) -> None:
        """Delete the vectors of chunks that no longer exist."""
        stale = self._catalogue.pending.stale_vectors()
        for level in SEARCHED:
            self._vectors.delete(level, stale)
        self._catalogue.pending.mark_deleted(stale)


def _embedded_text(chunk: Chunk) -> str:
    """Return the text to embed for a chunk: the title of its paper, then its own text."""
    # A longer title would leave no room for the text in the embedder's window.
    return f"{shortened(chunk.paper.title)}. {chunk.text}"
