"""The language model: a prompt in, tokens out. One thread owns the llama.cpp context."""

from assistant.llm.engine import Completion, Engine
from assistant.llm.prompts import Block, Message, Prompt, prompts_fingerprint, render_prompt
from assistant.llm.reader import Usage
from assistant.llm.reading_cache import ReadingCache

__all__ = [
    "Block",
    "Completion",
    "Engine",
    "Message",
    "Prompt",
    "ReadingCache",
    "Usage",
    "prompts_fingerprint",
    "render_prompt",
]
