"""The language model: a prompt in, tokens out. One thread owns the llama.cpp context."""

from assistant.llm.engine import Completion, Engine, Usage
from assistant.llm.prompts import Message, prompts_fingerprint, render_prompt

__all__ = ["Completion", "Engine", "Message", "Usage", "prompts_fingerprint", "render_prompt"]
