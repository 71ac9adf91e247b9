"""llama.cpp: a loaded model and one context of it.

Only this package and `assistant.llm.grammar` call llama.cpp.
"""

from assistant.llm.llama.context import BatchToken, DecodeResult, LlamaContext, Logits
from assistant.llm.llama.model import LlamaModel

__all__ = ["BatchToken", "DecodeResult", "LlamaContext", "LlamaModel", "Logits"]
