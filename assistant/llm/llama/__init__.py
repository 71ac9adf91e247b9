"""llama.cpp: a loaded model and one context of it.

Beside `assistant.llm.grammar`, this is the only package that calls llama.cpp.
"""

from assistant.llm.llama.context import BatchToken, DecodeResult, LlamaContext, Logits
from assistant.llm.llama.model import LlamaModel

__all__ = ["BatchToken", "DecodeResult", "LlamaContext", "LlamaModel", "Logits"]
