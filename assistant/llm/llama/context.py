"""A llama.cpp context: decodes tokens and manages the cells of its KV cache."""

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.cores import cores
from assistant.errors import Cancelled, InputError, ModelError
from assistant.llm.llama.library import abort_if_not_empty, load_llama_cpp
from assistant.llm.llama.model import LlamaModel
from assistant.llm.tuning.options import KvType, Tuning

Logits: TypeAlias = npt.NDArray[np.float32]

_ABORTED = 2  # the return code of llama_decode after the abort callback returned true
_BATCH_TOKENS = 512
_FLASH_ATTENTION = 1


@dataclass(frozen=True, slots=True)
class BatchToken:
    """A token of a batch to decode.

    Attributes:
        token: the token id.
        position: its position in the sequence.
        seq_id: the sequence.
        wants_logits: whether to return the logits after it.
        shared_with: ids of further sequences that the token belongs to.
        scored_next: the next token whose log-probability to return; None for none.
    """

    token: int
    position: int
    seq_id: int
    wants_logits: bool = False
    shared_with: tuple[int, ...] = ()
    scored_next: int | None = None


@dataclass(frozen=True, slots=True)
class DecodeResult:
    """The outputs of decoding a batch.

    Attributes:
        logits: after each token that wants them, shape (tokens, vocabulary).
        log_probabilities: the log-probability of each ``scored_next``, in nats.
    """

    logits: Logits
    log_probabilities: list[float]


class LlamaContext:
    """A model and one context of it, with a KV cache of several sequences.

    Not thread-safe, except for `abort`: `assistant.llm.worker` uses it on its own thread.

    Attributes:
        model: the model.
        context_tokens: number of cells of the KV cache.
    """

    def __init__(
        self,
        path: Path,
        tuning: Tuning,
        *,
        context_tokens: int,
        sequences: int,
        gpu_layers: int = -1,
    ) -> None:
        """Load a GGUF file and create a context.

        Args:
            path: the file.
            tuning: threads, batch size and types.
            context_tokens: number of cells of the KV cache; at most the trained context length.
            sequences: number of sequences in the KV cache.
            gpu_layers: number of layers to offload to a GPU, if llama.cpp was built for one; -1 for
                all.

        Raises:
            ModelError: llama.cpp cannot load the file or create the context.
        """
        llama = self._llama = load_llama_cpp()
        self.model = LlamaModel(llama, path, repack=tuning.repack, gpu_layers=gpu_layers)
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = min(context_tokens, self.model.trained_context_tokens)
        parameters.n_batch = _BATCH_TOKENS
        parameters.n_ubatch = min(tuning.batch_tokens, _BATCH_TOKENS)
        # One pool of cells for all sequences, so that sequences can share cells.
        parameters.kv_unified = True
        parameters.n_seq_max = sequences
        threads = tuning.threads or cores()
        parameters.n_threads = threads
        parameters.n_threads_batch = threads
        parameters.flash_attn_type = _FLASH_ATTENTION
        parameters.type_k = parameters.type_v = _ggml_type(llama, tuning.kv_type)
        self._context = llama.llama_init_from_model(self.model.handle, parameters)
        if not self._context:
            self.model.close()
            raise ModelError(
                f"llama.cpp cannot open {path.name} with a context of {parameters.n_ctx} tokens: "
                "there is too little memory, or the model does not support a KV cache of type "
                f"{tuning.kv_type}. Lower the setting context_tokens, or run "
                "`assistant doctor --tune`."
            )
        self.context_tokens = int(llama.llama_n_ctx(self._context))
        self._memory = llama.llama_get_memory(self._context)
        # ctypes objects must live as long as the context that uses them.
        self._abort_text = ctypes.create_string_buffer(2)
        self._abort_callback = abort_if_not_empty(llama)
        llama.llama_set_abort_callback(
            self._context, self._abort_callback, ctypes.cast(self._abort_text, ctypes.c_void_p)
        )
        self._batch = llama.llama_batch_init(_BATCH_TOKENS, 0, sequences)

    def close(self) -> None:
        """Free the context and the weights."""
        self._llama.llama_batch_free(self._batch)
        self._llama.llama_free(self._context)
        self.model.close()

    def abort(self, now: bool) -> None:
        """Abort the running decode and all that follow, until called with False.

        Any thread may call this.
        """
        self._abort_text[0] = b"\1" if now else b"\0"

    # -- decoding -----------------------------------------------------------------------------

    def decode(self, tokens: Sequence[BatchToken]) -> DecodeResult:
        """Decode tokens of one or more sequences, in batches of up to 512.

        Args:
            tokens: the tokens; those of each sequence in order.

        Raises:
            Cancelled: the decode was aborted; some of the tokens may have been decoded.
            InputError: the KV cache is full.
        """
        rows: list[Logits] = []
        log_probabilities: list[float] = []
        for start in range(0, len(tokens), _BATCH_TOKENS):
            batch = tokens[start : start + _BATCH_TOKENS]
            self._decode_batch(batch)
            for i, one in enumerate(batch):
                if one.wants_logits:
                    rows.append(self._logits(i).copy())
                if one.scored_next is not None:
                    log_probabilities.append(_log_probability(self._logits(i), one.scored_next))
        logits = np.stack(rows) if rows else np.empty((0, self.model.vocabulary_size), np.float32)
        return DecodeResult(logits, log_probabilities)

    def _decode_batch(self, tokens: Sequence[BatchToken]) -> None:
        llama = self._llama
        batch = self._batch
        batch.n_tokens = len(tokens)
        for i, one in enumerate(tokens):
            batch.token[i] = one.token
            batch.pos[i] = one.position
            seq_ids = (one.seq_id, *one.shared_with)
            batch.n_seq_id[i] = len(seq_ids)
            for j, seq_id in enumerate(seq_ids):
                batch.seq_id[i][j] = seq_id
            batch.logits[i] = one.wants_logits or one.scored_next is not None
        code = llama.llama_decode(self._context, batch)
        if code == _ABORTED:
            raise Cancelled("The model was stopped.")
        if code != 0:
            raise InputError(
                f"The model has no room for {len(tokens)} more tokens in its context of "
                f"{self.context_tokens}. Ask a shorter question or raise context_tokens."
            )

    def _logits(self, index: int) -> Logits:
        """Return the logits after a token of the last batch; valid until the next one."""
        pointer = self._llama.llama_get_logits_ith(self._context, index)
        return np.ctypeslib.as_array(pointer, shape=(self.model.vocabulary_size,))

    # -- the KV cache -------------------------------------------------------------------------

    def remove(self, seq_id: int = 0, start: int = 0, end: int = -1) -> None:
        """Remove a sequence's cells at positions ``start`` to ``end``, exclusive; -1: no end."""
        self._llama.llama_memory_seq_rm(self._memory, seq_id, start, end)

    def copy(self, source: int, target: int, start: int, end: int) -> None:
        """Add cells of one sequence to another; both share them, nothing is copied in memory."""
        self._llama.llama_memory_seq_cp(self._memory, source, target, start, end)

    def shift(self, seq_id: int, start: int, end: int, offset: int) -> None:
        """Move cells to other positions; the next decode rotates their keys."""
        self._llama.llama_memory_seq_add(self._memory, seq_id, start, end, offset)

    def first_position(self, seq_id: int) -> int:
        """Return the lowest position of a sequence's cells."""
        return int(self._llama.llama_memory_seq_pos_min(self._memory, seq_id))

    @property
    def can_shift(self) -> bool:
        """Whether this model's cells can be moved to other positions."""
        return bool(self._llama.llama_memory_can_shift(self._memory))

    def save(self, seq_id: int) -> bytes:
        """Return the state of a sequence: its cells. The same model and KV type can restore it."""
        size = self._llama.llama_state_seq_get_size(self._context, seq_id)
        buffer = (ctypes.c_uint8 * size)()
        written = self._llama.llama_state_seq_get_data(self._context, buffer, size, seq_id)
        return bytes(memoryview(buffer)[:written])

    def restore(self, seq_id: int, state: bytes | bytearray) -> bool:
        """Fill a sequence with a saved state, at the saved positions; return whether it worked."""
        if not state:
            return False
        # A view, not a copy: a state takes megabytes.
        data = np.frombuffer(state, np.uint8).ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
        read = self._llama.llama_state_seq_set_data(self._context, data, len(state), seq_id)
        return bool(read == len(state))


def _log_probability(logits: Logits, token: int) -> float:
    greatest = logits.max()
    total = np.exp(logits - greatest).sum(dtype=np.float64)
    return float(logits[token] - greatest - np.log(total))


def _ggml_type(llama_cpp: Any, kv_type: KvType) -> int:
    types = {"f16": llama_cpp.GGML_TYPE_F16, "q8_0": llama_cpp.GGML_TYPE_Q8_0}
    return int(types[kv_type])
