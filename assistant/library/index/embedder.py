"""The embedder: a sentence-transformers model on the CPU that turns texts into unit vectors.

Design notes: docs/design/embedder.md
"""

import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.errors import ModelError
from assistant.library.vector import Vector
from assistant.openmp import spin_briefly
from assistant.text.sentences import Span

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH = 32
# The minimum number of texts to embed in bfloat16, if the processor supports it. For fewer texts,
# converting the weights costs more time than it saves.
_MIN_TEXTS_FOR_BFLOAT16 = 16
# Answering a question needs its vector several times.
_CACHED_QUESTIONS = 16


class Embedder:
    """A sentence-transformers model in a folder, loaded on first use.

    Any thread may call it.

    Attributes:
        name: recorded in the libraries that are indexed with it.
    """

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder
        # The tokenizer keeps its truncation and padding settings between calls: concurrent threads
        # would silently use each other's settings.
        self._lock = threading.RLock()
        self._cached_question_vector = lru_cache(maxsize=_CACHED_QUESTIONS)(self._embed_question)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        # Importing torch takes seconds; listing and word search work without it.
        spin_briefly()
        from safetensors import SafetensorError
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        # No progress bar: loading the weights takes milliseconds.
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]

        try:
            return SentenceTransformer(str(self._folder), device="cpu", local_files_only=True)
        # Missing files raise OSError or ValueError, truncated weights SafetensorError.
        except (OSError, ValueError, SafetensorError) as error:
            raise ModelError(
                f"The embedder in {self._folder} cannot be loaded: files are missing or damaged. "
                "If it is a registry model, run `assistant models remove` and `pull` with its "
                "name; otherwise copy its folder again, or choose another embedder."
            ) from error

    @cached_property
    def _has_bfloat16(self) -> bool:
        """Whether the processor supports bfloat16; False if torch is too old to report it."""
        import torch

        capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
        return bool(capabilities.get("avx512_bf16") or capabilities.get("amx_bf16"))

    def load(self) -> None:
        """Load the model now rather than at the first question."""
        self.embed(["ready"])

    @cached_property
    def dimension(self) -> int:
        """The length of a vector."""
        return int(self.embed(["dimension"]).shape[1])

    @property
    def window(self) -> int:
        """The maximum input length in word pieces, including the two special tokens."""
        return int(self._model.max_seq_length or 512)

    def word_pieces(self, text: str) -> int:
        """Return the number of word pieces in a text, without special tokens."""
        # verbose=False suppresses the warning about texts longer than the window.
        with self._lock:
            pieces = self._model.tokenizer(text, add_special_tokens=False, verbose=False)
        return len(pieces["input_ids"])

    def embed_question(self, question: str) -> Vector:
        """Return the unit vector of a question, shape (dimension,), read-only and cached."""
        return self._cached_question_vector(question)

    def _embed_question(self, question: str) -> Vector:
        vector: Vector = self.embed([question])[0]
        vector.setflags(write=False)
        return vector

    def embed(self, texts: Sequence[str]) -> Vector:
        """Return the texts' unit vectors, shape (len(texts), dimension), float32.

        Large batches may be computed in bfloat16, which changes a cosine by less than 0.001.
        """
        spin_briefly()
        import torch

        in_bfloat16 = len(texts) >= _MIN_TEXTS_FOR_BFLOAT16 and self._has_bfloat16
        with self._lock, torch.autocast("cpu", torch.bfloat16, enabled=in_bfloat16):
            vectors = self._model.encode(
                list(texts),
                batch_size=_BATCH,
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=False,
            )
        return np.asarray(vectors, dtype=np.float32)

    def middle_layer(self, texts: Sequence[str]) -> Vector:
        """Return the texts' mean token states after half of the layers, normalised to unit length.

        The shape is (len(texts), hidden size), float32. These states represent more of the form of
        a text than its embedding, which is trained to represent the subject.
        """
        spin_briefly()
        import torch

        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors = np.zeros((len(texts), self._encoder.config.hidden_size), dtype=np.float32)
        with self._lock, torch.inference_mode():
            for start in range(0, len(order), _BATCH):
                batch = order[start : start + _BATCH]
                tokens = self._tokens([texts[i] for i in batch])
                states = self._middle_states(tokens)
                mask = tokens["attention_mask"].unsqueeze(-1)
                sums = (states * mask).sum(dim=1)
                vectors[batch] = torch.nn.functional.normalize(sums, dim=-1).numpy()
        return vectors

    def word_states(self, text: str, words: Sequence[Span]) -> Vector:
        """Return the mean state of each word's pieces after half of the layers.

        The shape is (len(words), hidden size), float32. Words beyond the embedder's window are 0.
        """
        spin_briefly()
        import torch

        states = np.zeros((len(words), self._encoder.config.hidden_size), dtype=np.float32)
        with self._lock, torch.inference_mode():
            tokens = self._tokens([text], return_offsets_mapping=True)
            pieces = [Span(*offsets) for offsets in tokens.pop("offset_mapping")[0].tolist()]
            found = self._middle_states(tokens)[0].numpy()
        for place, word in enumerate(words):
            own = [
                i for i, one in enumerate(pieces) if one.start < word.end and one.end > word.start
            ]
            if own:
                states[place] = found[own].mean(axis=0)
        return states

    @property
    def _encoder(self) -> Any:
        return self._model[0].auto_model

    def _tokens(self, texts: Sequence[str], **options: bool) -> Any:
        return self._model.tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self.window,
            return_tensors="pt",
            **options,
        )

    def _middle_states(self, tokens: Any) -> Any:
        """Return the states of a batch after half of the layers, shape (texts, tokens, size)."""
        middle = self._encoder.config.num_hidden_layers // 2
        return self._encoder(**tokens, output_hidden_states=True).hidden_states[middle]
