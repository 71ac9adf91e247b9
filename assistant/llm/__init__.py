"""The language model: streams answers to prompts, and computes scores from prompts."""

from assistant.llm.backend import Backend
from assistant.llm.completion import Completion
from assistant.llm.engine import ANSWERS_AT_ONCE, Engine
from assistant.llm.json_object import JsonObject
from assistant.llm.kv_cache.codec import KvVectors
from assistant.llm.kv_cache.reading_cache import ReadingCache
from assistant.llm.prompts import (
    Block,
    Message,
    Prompt,
    plain_prompt,
    prompts_fingerprint,
    render_prompt,
)
from assistant.llm.readouts import (
    PromptReading,
    Readout,
    read_first_word_probability,
    read_likelihood_and_state,
    read_question_state,
    read_word_probabilities,
    read_yes,
)
from assistant.llm.tuning.options import Tuning
from assistant.llm.usage import Usage

__all__ = [
    "ANSWERS_AT_ONCE",
    "Backend",
    "Block",
    "Completion",
    "Engine",
    "JsonObject",
    "KvVectors",
    "Message",
    "Prompt",
    "PromptReading",
    "ReadingCache",
    "Readout",
    "Tuning",
    "Usage",
    "plain_prompt",
    "prompts_fingerprint",
    "read_first_word_probability",
    "read_likelihood_and_state",
    "read_question_state",
    "read_word_probabilities",
    "read_yes",
    "render_prompt",
]
