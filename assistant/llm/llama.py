"""A llama.cpp model with one context: the only module that calls llama.cpp.

Nothing here is safe for two threads at once; `assistant.llm.engine` gives it a thread of its own.
"""

import ctypes
import logging
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.cores import cores
from assistant.errors import Cancelled, InputError, ModelError
from assistant.llm.grammar import Grammar
from assistant.llm.rope import Rope
from assistant.llm.tuning.options import KvType, Tuning
from assistant.openmp import wait_briefly

Logits: TypeAlias = npt.NDArray[np.float32]

_log = logging.getLogger(__name__)
_ABORTED = 2  # what llama_decode returns when the abort callback said so
_BATCH_TOKENS = 512
_PIECE_BYTES = 256
_METADATA_BYTES = 256
_ROTARY_BASE = 10_000.0  # where the file names no other
_FLASH_ATTENTION = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A token to be read.

    Attributes:
        token: the token.
        position: where it stands in the sequence.
        sequence: which one.
        wanted: whether the logits of what may follow it are wanted.
        others: sequences that it belongs to as well.
        follower: a token whose probability of coming next is wanted.
    """

    token: int
    position: int
    sequence: int
    wanted: bool = False
    others: tuple[int, ...] = ()
    follower: int | None = None


@dataclass(frozen=True, slots=True)
class Decoded:
    """What reading tokens gave.

    Attributes:
        logits: after each token that wants them, shape (wanted, vocabulary).
        log_probabilities: of each follower to come next, in nats.
    """

    logits: Logits
    log_probabilities: list[float]


class LlamaContext:
    """Weights and a key-value cache; decodes tokens to logits."""

    def __init__(
        self,
        path: Path,
        tuning: Tuning,
        *,
        context_tokens: int,
        sequences: int,
        gpu_layers: int = -1,
    ) -> None:
        """Load a GGUF file.

        Args:
            path: the file.
            tuning: how it is computed.
            context_tokens: how many tokens the key-value cache holds.
            sequences: how many sequences it tells apart.
            gpu_layers: how many layers a GPU computes if llama.cpp was built for one; -1 for all.

        Raises:
            ModelError: llama.cpp cannot load the file.
        """
        self._llama = _llama_cpp()
        llama = self._llama
        model_parameters = llama.llama_model_default_params()
        model_parameters.n_gpu_layers = gpu_layers
        model_parameters.use_extra_bufts = tuning.repack
        # Repacked weights are copies: with the file mapped as well they would be there twice.
        model_parameters.use_mmap = not tuning.repack
        self._model = llama.llama_model_load_from_file(str(path).encode(), model_parameters)
        if not self._model:
            raise ModelError(
                f"llama.cpp cannot load {path}. If it is a registry model, run `assistant models "
                "remove` and `pull` with its name; otherwise choose another GGUF file."
            )
        parameters = llama.llama_context_default_params()
        parameters.n_ctx = min(context_tokens, llama.llama_model_n_ctx_train(self._model))
        parameters.n_batch = _BATCH_TOKENS
        parameters.n_ubatch = min(tuning.batch_tokens, _BATCH_TOKENS)
        # One pool of cells for all sequences, so that cells can move between them.
        parameters.kv_unified = True
        parameters.n_seq_max = sequences
        threads = tuning.threads or cores()
        parameters.n_threads = threads
        parameters.n_threads_batch = threads
        parameters.flash_attn_type = _FLASH_ATTENTION
        parameters.type_k = parameters.type_v = _ggml_type(llama, tuning.kv_type)
        self._context = llama.llama_init_from_model(self._model, parameters)
        if not self._context:
            llama.llama_model_free(self._model)
            raise ModelError(
                f"llama.cpp cannot open {path.name} with a context of {parameters.n_ctx} tokens: "
                "there is too little memory, or the model cannot keep its keys and values as "
                f"{tuning.kv_type}. Lower the setting context_tokens, or run "
                "`assistant doctor --tune`."
            )
        self.context_tokens = int(llama.llama_n_ctx(self._context))
        self._vocabulary = llama.llama_model_get_vocab(self._model)
        self._vocabulary_size = int(llama.llama_vocab_n_tokens(self._vocabulary))
        self._memory = llama.llama_get_memory(self._context)
        # What ctypes made must live as long as the context that uses it.
        self._stop_text = ctypes.create_string_buffer(2)
        self._abort = _asks_for_text(llama)
        llama.llama_set_abort_callback(
            self._context, self._abort, ctypes.cast(self._stop_text, ctypes.c_void_p)
        )
        self._batch = llama.llama_batch_init(_BATCH_TOKENS, 0, sequences)

    def close(self) -> None:
        """Free the context and the weights."""
        self._llama.llama_batch_free(self._batch)
        self._llama.llama_free(self._context)
        self._llama.llama_model_free(self._model)

    def abort(self, now: bool) -> None:
        """Let every decode end at once, or no longer. Any thread may call this."""
        self._stop_text[0] = b"\1" if now else b"\0"

    # -- text and tokens ----------------------------------------------------------------------

    def tokenize(self, text: str, special: bool) -> list[int]:
        """Return the tokens of a text; marks such as ``<|im_end|>`` count only if ``special``."""
        data = text.encode()
        room = len(data) + 8
        tokens = (ctypes.c_int32 * room)()
        count = self._llama.llama_tokenize(
            self._vocabulary, data, len(data), tokens, room, False, special
        )
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes that a token stands for; marks stand for none."""
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        size = self._llama.llama_token_to_piece(
            self._vocabulary, token, buffer, _PIECE_BYTES, 0, False
        )
        return buffer.raw[: max(0, size)]

    def ends_answer(self, token: int) -> bool:
        """Tell whether the token ends the model's turn."""
        return bool(self._llama.llama_vocab_is_eog(self._vocabulary, token))

    @property
    def starts_with_bos(self) -> bool:
        """Whether the model expects its first token before every prompt."""
        return bool(self._llama.llama_vocab_get_add_bos(self._vocabulary))

    @property
    def bos(self) -> int:
        """The first token of a prompt, -1 if the model has none."""
        return int(self._llama.llama_vocab_bos(self._vocabulary))

    @property
    def eos(self) -> int:
        """The token after the last of a text, -1 if the model has none."""
        return int(self._llama.llama_vocab_eos(self._vocabulary))

    def token_text(self, token: int) -> str:
        """Return the token as its vocabulary spells it, marks included."""
        if token < 0:
            return ""
        text: bytes = self._llama.llama_vocab_get_text(self._vocabulary, token)
        return text.decode(errors="replace")

    def chat_template(self) -> str | None:
        """Return the Jinja chat template that the file carries."""
        template: bytes | None = self._llama.llama_model_chat_template(self._model, None)
        return template.decode() if template else None

    def grammar(self, text: str) -> Grammar:
        """Return a grammar for one answer; see `Grammar`."""
        return Grammar(self._llama, self._vocabulary, text)

    # -- reading ------------------------------------------------------------------------------

    def decode(self, entries: Sequence[Entry]) -> Decoded:
        """Read tokens, of one sequence or of several, in one go.

        Args:
            entries: the tokens; those of a sequence in order.

        Raises:
            Cancelled: the decode was aborted; some of the tokens may have been read.
            InputError: the key-value cache is full.
        """
        rows: list[Logits] = []
        log_probabilities: list[float] = []
        for start in range(0, len(entries), _BATCH_TOKENS):
            batch = entries[start : start + _BATCH_TOKENS]
            self._decode_batch(batch)
            for i, entry in enumerate(batch):
                if entry.wanted:
                    rows.append(self._logits(i).copy())
                if entry.follower is not None:
                    log_probabilities.append(_log_probability(self._logits(i), entry.follower))
        logits = np.stack(rows) if rows else np.empty((0, self._vocabulary_size), np.float32)
        return Decoded(logits, log_probabilities)

    def _decode_batch(self, entries: Sequence[Entry]) -> None:
        llama = self._llama
        batch = self._batch
        batch.n_tokens = len(entries)
        for i, entry in enumerate(entries):
            batch.token[i] = entry.token
            batch.pos[i] = entry.position
            sequences = (entry.sequence, *entry.others)
            batch.n_seq_id[i] = len(sequences)
            for place, sequence in enumerate(sequences):
                batch.seq_id[i][place] = sequence
            batch.logits[i] = entry.wanted or entry.follower is not None
        code = llama.llama_decode(self._context, batch)
        if code == _ABORTED:
            raise Cancelled("The model was stopped.")
        if code != 0:
            raise InputError(
                f"The model has no room for {len(entries)} more tokens in its context of "
                f"{self.context_tokens}. Ask a shorter question or raise context_tokens."
            )

    def _logits(self, place: int) -> Logits:
        """Return the logits after a token of the last batch; valid until the next one."""
        pointer = self._llama.llama_get_logits_ith(self._context, place)
        return np.ctypeslib.as_array(pointer, shape=(self._vocabulary_size,))

    # -- cells of the key-value cache -----------------------------------------------------------

    def forget(self, sequence: int = 0, start: int = 0, end: int = -1) -> None:
        """Drop the cells of a sequence at positions ``start`` up to ``end``; -1 is its last."""
        self._llama.llama_memory_seq_rm(self._memory, sequence, start, end)

    def copy(self, source: int, target: int, start: int, end: int) -> None:
        """Let cells of one sequence belong to another as well; nothing is moved in memory."""
        self._llama.llama_memory_seq_cp(self._memory, source, target, start, end)

    def shift(self, sequence: int, start: int, end: int, by: int) -> None:
        """Move cells to other positions; their keys are rotated at the next decode."""
        self._llama.llama_memory_seq_add(self._memory, sequence, start, end, by)

    def first_position(self, sequence: int) -> int:
        """Return the lowest position of a sequence's cells."""
        return int(self._llama.llama_memory_seq_pos_min(self._memory, sequence))

    @property
    def can_shift(self) -> bool:
        """Whether this model's cells can be moved to other positions."""
        return bool(self._llama.llama_memory_can_shift(self._memory))

    def rotary(self) -> Rope | None:
        """Return how keys are turned by their positions, as far as the file tells.

        None if they are not, or in another way than by pairs of all layers alike.
        """
        llama = self._llama
        kind = llama.llama_model_rope_type(self._model)
        if kind not in (llama.LLAMA_ROPE_TYPE_NORM, llama.LLAMA_ROPE_TYPE_NEOX):
            return None
        family = self._metadata("general.architecture")
        heads = llama.llama_model_n_head(self._model)
        values = llama.llama_model_n_embd(self._model) // heads
        values = int(self._metadata(f"{family}.attention.key_length") or values)
        turned = int(self._metadata(f"{family}.rope.dimension_count") or values)
        base = float(self._metadata(f"{family}.rope.freq_base") or _ROTARY_BASE)
        scale = float(llama.llama_model_rope_freq_scale_train(self._model))
        return Rope(
            head_values=values,
            frequencies=tuple(scale * base ** (-place / turned) for place in range(0, turned, 2)),
            neighbours=kind == llama.LLAMA_ROPE_TYPE_NORM,
        )

    def _metadata(self, key: str) -> str:
        """Return what the file says under a key; empty if nothing."""
        value = ctypes.create_string_buffer(_METADATA_BYTES)
        self._llama.llama_model_meta_val_str(self._model, key.encode(), value, _METADATA_BYTES)
        return value.value.decode(errors="replace")

    def save(self, sequence: int) -> bytes:
        """Return the cells of a sequence, to be restored by the same model and settings."""
        size = self._llama.llama_state_seq_get_size(self._context, sequence)
        buffer = (ctypes.c_uint8 * size)()
        written = self._llama.llama_state_seq_get_data(self._context, buffer, size, sequence)
        return bytes(memoryview(buffer)[:written])

    def restore(self, sequence: int, state: bytes | bytearray) -> bool:
        """Fill a sequence with saved cells, at their saved positions; tell whether it worked."""
        if not state:
            return False
        # Not copied: it is megabytes.
        values = np.frombuffer(state, np.uint8).ctypes.data_as(ctypes.POINTER(ctypes.c_uint8))
        read = self._llama.llama_state_seq_set_data(self._context, values, len(state), sequence)
        return bool(read == len(state))


def _log_probability(logits: Logits, token: int) -> float:
    greatest = logits.max()
    whole = np.exp(logits - greatest).sum(dtype=np.float64)
    return float(logits[token] - greatest - np.log(whole))


def _ggml_type(llama: Any, kv_type: KvType) -> int:
    names = {"f16": llama.GGML_TYPE_F16, "q8_0": llama.GGML_TYPE_Q8_0}
    return int(names[kv_type])


def _asks_for_text(llama: Any) -> Any:
    """Return an abort callback that says whether the text it is given is not empty.

    llama.cpp asks it after every step of its computation. A function of ours would have to wait
    each time until Python's other threads let go of the interpreter; beside a busy one that makes
    the model several times slower. The C library's ``strlen`` looks at the same byte and needs no
    interpreter: 0 for an empty text, 1 for one character.
    """
    library = ctypes.CDLL("msvcrt" if sys.platform == "win32" else None)
    return ctypes.cast(library.strlen, llama.ggml_abort_callback)


def _llama_cpp() -> Any:
    """Import llama.cpp, with its chatter sent to the log."""
    wait_briefly()
    import llama_cpp

    llama_cpp.llama_log_set(_log_callback(llama_cpp), None)
    return llama_cpp


_callbacks: list[object] = []


def _log_callback(llama_cpp: Any) -> object:
    if not _callbacks:

        def log(_level: int, text: bytes, _data: object) -> None:
            _log.debug("%s", text.decode(errors="replace").rstrip())

        _callbacks.append(llama_cpp.llama_log_callback(log))
    return _callbacks[0]
