"""Grammars that constrain an answer token by token, using llama.cpp's grammar sampler."""

import ctypes
import weakref
from typing import Any, TypeAlias

import numpy as np

from assistant.errors import InputError, ModelError

# If the grammar rules out the most likely token, it nearly always allows one of the next few.
_TOP_K = 64

_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])
_Logits: TypeAlias = "np.ndarray[tuple[int], np.dtype[np.float32]]"


class Grammar:
    """A grammar and the parser state of one answer. Use it on the worker's thread only."""

    def __init__(self, llama_cpp: Any, vocabulary: Any, text: str) -> None:
        """Parse a grammar.

        Args:
            llama_cpp: the module.
            vocabulary: llama.cpp's pointer to the model's vocabulary.
            text: the grammar in GBNF, with the rule ``root``.

        Raises:
            InputError: the text is not a valid grammar.
        """
        self._llama = llama_cpp
        self._sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not self._sampler:
            raise InputError("llama.cpp cannot parse the grammar that constrains the answer.")
        weakref.finalize(self, llama_cpp.llama_sampler_free, self._sampler)

    def choose(self, logits: _Logits) -> int:
        """Return the most likely token that the grammar allows, and advance past it.

        Args:
            logits: the logits of the next token, shape (vocabulary,).

        Raises:
            ModelError: the grammar allows no token of the vocabulary.
        """
        top = np.argpartition(-logits, min(_TOP_K, len(logits) - 1))[:_TOP_K]
        for tokens in (np.array([logits.argmax()]), top, np.arange(len(logits))):
            allowed = self._allowed(tokens, logits)
            best = int(allowed.argmax())
            if np.isfinite(allowed[best]):
                token = int(tokens[best])
                self._llama.llama_sampler_accept(self._sampler, token)
                return token
        raise ModelError("The model has no token that the grammar allows. Choose another model.")

    def _allowed(
        self, tokens: "np.ndarray[tuple[int], np.dtype[np.int64]]", logits: _Logits
    ) -> _Logits:
        """Return the logits of the tokens; minus infinity for those that the grammar rules out."""
        llama = self._llama
        candidates = np.zeros(len(tokens), dtype=_CANDIDATE)
        candidates["id"] = tokens
        candidates["logit"] = logits[tokens]
        array = llama.llama_token_data_array(
            data=candidates.ctypes.data_as(ctypes.POINTER(llama.llama_token_data)),
            size=len(tokens),
            selected=-1,
            sorted=False,
        )
        llama.llama_sampler_apply(self._sampler, ctypes.byref(array))
        return candidates["logit"]
