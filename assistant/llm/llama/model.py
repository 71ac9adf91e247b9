"""A loaded GGUF model: its weights, vocabulary, chat template and metadata."""

import ctypes
from pathlib import Path
from typing import Any

from assistant.errors import ModelError
from assistant.llm.grammar import Grammar
from assistant.llm.llama.rope import Rope

_PIECE_BYTES = 256
_METADATA_BYTES = 256
_DEFAULT_ROPE_BASE = 10_000.0


class LlamaModel:
    """The weights and the vocabulary of a model. Not thread-safe.

    Attributes:
        handle: llama.cpp's pointer to the model.
        vocabulary_size: number of tokens in the vocabulary.
    """

    def __init__(self, llama_cpp: Any, path: Path, *, repack: bool, gpu_layers: int) -> None:
        """Load a GGUF file.

        Args:
            llama_cpp: the module.
            path: the file.
            repack: whether to copy the weights into the layout of the CPU's fastest kernels.
            gpu_layers: number of layers to offload to a GPU; -1 for all.

        Raises:
            ModelError: llama.cpp cannot load the file.
        """
        self._llama = llama_cpp
        parameters = llama_cpp.llama_model_default_params()
        parameters.n_gpu_layers = gpu_layers
        parameters.use_extra_bufts = repack
        # Repacked weights are copies: mapping the file as well would hold them in memory twice.
        parameters.use_mmap = not repack
        self.handle = llama_cpp.llama_model_load_from_file(str(path).encode(), parameters)
        if not self.handle:
            raise ModelError(
                f"llama.cpp cannot load {path}. If it is a registry model, run `assistant models "
                "remove` and `pull` with its name; otherwise choose another GGUF file."
            )
        self._vocabulary = llama_cpp.llama_model_get_vocab(self.handle)
        self.vocabulary_size = int(llama_cpp.llama_vocab_n_tokens(self._vocabulary))

    def close(self) -> None:
        """Free the weights."""
        self._llama.llama_model_free(self.handle)

    @property
    def trained_context_tokens(self) -> int:
        """The context length that the model was trained with."""
        return int(self._llama.llama_model_n_ctx_train(self.handle))

    # -- tokens -------------------------------------------------------------------------------

    def tokenize(self, text: str, special: bool) -> list[int]:
        """Return the tokens of a text.

        Args:
            text: the text.
            special: whether to parse special tokens such as ``<|im_end|>``; otherwise they are
                tokenized as plain text.
        """
        data = text.encode()
        capacity = len(data) + 8
        tokens = (ctypes.c_int32 * capacity)()
        count = self._llama.llama_tokenize(
            self._vocabulary, data, len(data), tokens, capacity, False, special
        )
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        """Return the bytes of a token; none for a special token."""
        buffer = ctypes.create_string_buffer(_PIECE_BYTES)
        size = self._llama.llama_token_to_piece(
            self._vocabulary, token, buffer, _PIECE_BYTES, 0, False
        )
        return buffer.raw[: max(0, size)]

    def is_end_of_generation(self, token: int) -> bool:
        """Tell whether the token ends the model's turn."""
        return bool(self._llama.llama_vocab_is_eog(self._vocabulary, token))

    @property
    def adds_bos(self) -> bool:
        """Whether the model expects a BOS token at the start of every prompt."""
        return bool(self._llama.llama_vocab_get_add_bos(self._vocabulary))

    @property
    def bos(self) -> int:
        """The beginning-of-sequence token; -1 if the model has none."""
        return int(self._llama.llama_vocab_bos(self._vocabulary))

    @property
    def eos(self) -> int:
        """The end-of-sequence token; -1 if the model has none."""
        return int(self._llama.llama_vocab_eos(self._vocabulary))

    def token_text(self, token: int) -> str:
        """Return the vocabulary entry of a token, special tokens included."""
        if token < 0:
            return ""
        text: bytes = self._llama.llama_vocab_get_text(self._vocabulary, token)
        return text.decode(errors="replace")

    # -- metadata -----------------------------------------------------------------------------

    def chat_template(self) -> str | None:
        """Return the Jinja chat template in the file; None if it has none."""
        template: bytes | None = self._llama.llama_model_chat_template(self.handle, None)
        return template.decode() if template else None

    def grammar(self, text: str) -> Grammar:
        """Return a grammar sampler for one answer; see `Grammar`."""
        return Grammar(self._llama, self._vocabulary, text)

    def rope(self) -> Rope | None:
        """Return the parameters of the model's rotary position embedding.

        None if the model has none, or a kind other than NORM and NEOX. Parameters that the metadata
        does not name, such as per-layer frequencies, are not covered.
        """
        llama = self._llama
        kind = llama.llama_model_rope_type(self.handle)
        if kind not in (llama.LLAMA_ROPE_TYPE_NORM, llama.LLAMA_ROPE_TYPE_NEOX):
            return None
        architecture = self._metadata("general.architecture")
        heads = llama.llama_model_n_head(self.handle)
        head_dim = llama.llama_model_n_embd(self.handle) // heads
        head_dim = int(self._metadata(f"{architecture}.attention.key_length") or head_dim)
        rotated = int(self._metadata(f"{architecture}.rope.dimension_count") or head_dim)
        base = float(self._metadata(f"{architecture}.rope.freq_base") or _DEFAULT_ROPE_BASE)
        scale = float(llama.llama_model_rope_freq_scale_train(self.handle))
        return Rope(
            head_dim=head_dim,
            frequencies=tuple(scale * base ** (-i / rotated) for i in range(0, rotated, 2)),
            interleaved=kind == llama.LLAMA_ROPE_TYPE_NORM,
        )

    def _metadata(self, key: str) -> str:
        """Return the value of a metadata key; empty if the file does not have it."""
        value = ctypes.create_string_buffer(_METADATA_BYTES)
        self._llama.llama_model_meta_val_str(self.handle, key.encode(), value, _METADATA_BYTES)
        return value.value.decode(errors="replace")
