"""How the engine is set up on a machine: the options, finding the best ones, and keeping them."""

from assistant.llm.tuning.options import KvType, Tuning

__all__ = ["KvType", "Tuning"]
