"""The engine's performance options, and the fastest ones measured on this machine."""

from assistant.llm.tuning.options import KvType, Tuning

__all__ = ["KvType", "Tuning"]
