"""The language model: streams answers to prompts, and reads scores off prompts."""

from assistant.llm.completion import Completion
from assistant.llm.engine import ANSWERS_AT_ONCE, Engine
from assistant.llm.grammar import json_object_grammar
from assistant.llm.kv_cache.codec import Values
from assistant.llm.kv_cache.disk_cache import KVDiskCache
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Prefiller
from assistant.llm.prompts import (
    Block,
    Message,
    Prompt,
    plain_prompt,
    prompts_fingerprint,
    render_prompt,
)
from assistant.llm.readouts import (
    Readout,
    read_first_word_share,
    read_likelihood_and_state,
    read_question_state,
    read_reply_state,
    read_shares,
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
    "plain_prompt",
    "prompts_fingerprint",
    "read_first_word_share",
    "read_likelihood_and_state",
    "read_question_state",
    "read_reply_state",
    "read_shares",
    "read_yes",
    "render_prompt",
]
