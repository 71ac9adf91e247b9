"""The embedder: texts in, unit vectors out (sentence-transformers, on the CPU)."""

import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import ModelError
from assistant.library.vector import Vector
from assistant.openmp import wait_briefly

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
# So many texts, or more, are embedded in bfloat16 where the processor computes in it. For fewer it
# is no faster: it begins with turning the weights.
_MANY = 16
# The steps of one answer ask for the vector of its question again and again.
_QUESTIONS_REMEMBERED = 16


class Embedder:
    """A sentence-transformers model in a folder, loaded when it is first needed.

    Any thread may call it.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        # The tokenizer remembers how it truncates and pads from call to call: two threads at once
        # would read texts by each other's rules, without an error.
        self._one_at_a_time = threading.RLock()
        self._vector_of = lru_cache(maxsize=_QUESTIONS_REMEMBERED)(self._embed_question)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        # Importing torch takes seconds; a library can be listed and searched by words without it.
        wait_briefly()
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # No bar for a file that is read in milliseconds.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]

        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        # A file that is missing is told in either way, one that was cut short in its own.
        except (OSError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"The embedder in {self._folder} cannot be loaded: files are missing or damaged. "
                "If it is a registry model, run `assistant models remove` and `pull` with its "
                "name; otherwise copy its folder again, or choose another embedder."
            ) from error

    @cached_property
    def _has_bfloat16(self) -> bool:
        """Whether the processor computes in bfloat16; False if torch is too old to say."""
        import torch

        can: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
        return bool(can.get("avx512_bf16") or can.get("amx_bf16"))

    def load(self) -> None:
        """Load the model now, so that the first question does not wait for it."""
        self.embed(["ready"])

    @cached_property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.embed(["dimension"]).shape[1])

    @property
    def window(self) -> int:
        """How many word pieces of a text are read, the two marker tokens included."""
        return int(self._model.max_seq_length or 512)

    def word_pieces(self, text: str) -> int:
        """Return how many word pieces a text has, without the marker tokens."""
        # Not verbose: it would warn of texts longer than the window, which is why they are counted.
        with self._one_at_a_time:
            pieces = self._model.tokenizer(text, add_special_tokens=False, verbose=False)
        return len(pieces["input_ids"])

    def embed_question(self, question: str) -> Vector:
        """Return the unit vector of a question, shape (dimension,), not to be written to."""
        return self._vector_of(question)

    def _embed_question(self, question: str) -> Vector:
        vector: Vector = self.embed([question])[0]
        vector.setflags(write=False)
        return vector

    def embed(self, texts: Sequence[str]) -> Vector:
        """Return the texts' unit vectors, shape (len(texts), dimension), float32.

        Those of many texts may be computed in bfloat16, which changes a cosine by less than 0.001.
        """
        wait_briefly()
        import torch

        in_bfloat16 = len(texts) >= _MANY and self._has_bfloat16
        with self._one_at_a_time, torch.autocast("cpu", torch.bfloat16, enabled=in_bfloat16):
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)
