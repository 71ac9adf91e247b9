"""Grammars: what an answer may look like, token by token, by llama.cpp's own grammar sampler."""

import ctypes
import json
import weakref
from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.errors import InputError, ModelError

# A grammar that rules out the likeliest token allows one of the next few nearly always.
_FIRST_TRIED = 64

_CANDIDATE = np.dtype([("id", np.int32), ("logit", np.float32), ("p", np.float32)])


class Grammar:
    """A grammar and how far an answer has come in it. Runs on the engine's thread only."""

    def __init__(self, llama_cpp: Any, vocabulary: Any, text: str) -> None:
        """Parse a grammar.

        Args:
            llama_cpp: the module.
            vocabulary: of the model, as llama.cpp points to it.
            text: in GBNF, with the rule ``root``.

        Raises:
            InputError: it is no grammar.
        """
        self._llama = llama_cpp
        self._sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, text.encode(), b"root")
        if not self._sampler:
            raise InputError("llama.cpp cannot read the grammar that an answer should follow.")
        weakref.finalize(self, llama_cpp.llama_sampler_free, self._sampler)

    def choose(self, logits: "np.ndarray[tuple[int], np.dtype[np.float32]]") -> int:
        """Return the likeliest token that the grammar allows next, and go on behind it.

        Args:
            logits: of the next token, shape (vocabulary,).

        Raises:
            ModelError: no token of the model fits.
        """
        few = np.argpartition(-logits, min(_FIRST_TRIED, len(logits) - 1))[:_FIRST_TRIED]
        for tokens in (np.array([logits.argmax()]), few, np.arange(len(logits))):
            allowed = self._allowed(tokens, logits)
            best = int(allowed.argmax())
            if np.isfinite(allowed[best]):
                token = int(tokens[best])
                self._llama.llama_sampler_accept(self._sampler, token)
                return token
        raise ModelError("The model has no token that the grammar allows. Choose another model.")

    def _allowed(
        self,
        tokens: "np.ndarray[tuple[int], np.dtype[np.int64]]",
        logits: "np.ndarray[tuple[int], np.dtype[np.float32]]",
    ) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        """Return the logits of some tokens, minus infinity for those that the grammar rules out."""
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


def json_object_grammar(keys: Sequence[str], longest_value: int) -> str:
    """Return the grammar of a JSON object with texts as values.

    Args:
        keys: all of them come, in this order.
        longest_value: of a text, in characters.
    """
    names = [_literal(json.dumps(key, ensure_ascii=False)) for key in keys]
    pairs = ' ", " '.join(f'{name} ": " text' for name in names)
    return (
        f'root ::= "{{" {pairs} "}}"\n'
        f'text ::= "\\"" [^"\\\\\\x00-\\x1F]{{0,{longest_value}}} "\\""\n'
    )


def _literal(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
