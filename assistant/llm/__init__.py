"""The language model: a prompt in, tokens out. One thread owns the llama.cpp context."""

from assistant.llm.engine import ANSWERS_AT_ONCE, Completion, Engine
from assistant.llm.grammar import json_object_grammar
from assistant.llm.kv_cache.codec import Values
from assistant.llm.kv_cache.disk_cache import KVDiskCache
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller
from assistant.llm.prompts import Block, Message, Prompt, prompts_fingerprint, render_prompt
from assistant.llm.readouts import (
    Readout,
    read_beginning,
    read_question,
    read_shares,
    read_state,
    read_state_to_reply,
    read_yes,
)
from assistant.llm.tuning.options import Tuning
from assistant.llm.usage import Usage

__all__ = [
    "ANSWERS_AT_ONCE",
    "Block",
    "Completion",
    "Engine",
    "KVDiskCache",
    "Message",
    "PrefilledPrompt",
    "Prefiller",
    "Prompt",
    "Readout",
    "Tuning",
    "Usage",
    "Values",
    "json_object_grammar",
    "prompts_fingerprint",
    "read_beginning",
    "read_question",
    "read_shares",
    "read_state",
    "read_state_to_reply",
    "read_yes",
    "render_prompt",
]
