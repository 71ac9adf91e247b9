"""How the engine is set up on a machine: the options, and those that were found best there."""

from assistant.llm.tuning.options import KvType, Tuning

__all__ = ["KvType", "Tuning"]
