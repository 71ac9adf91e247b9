"""The objects of chat completions: whole ones and the chunks of a stream."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answering import Answer, Timings
from assistant.llm import Usage
from assistant.server.openai.content import Annotation


@dataclass(frozen=True, slots=True)
class CompletionIds:
    """The fields that all objects of one completion share."""

    model: str
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))

    def chunk(
        self, delta: dict[str, Any] | None, *, finish: str | None = None, **extra: Any
    ) -> dict[str, Any]:
        """Return a chunk of a stream; without choices if there is no delta."""
        choices = [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]
        return {
            **self._head("chat.completion.chunk"),
            "choices": choices if delta is not None else [],
            **extra,
        }

    def whole(
        self, text: str, usage: dict[str, Any], annotations: Sequence[Annotation], **extra: Any
    ) -> dict[str, Any]:
        """Return a whole completion."""
        message = {
            "role": "assistant",
            "content": text,
            "refusal": None,
            "annotations": list(annotations),
        }
        choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
        return {**self._head("chat.completion"), "choices": [choice], "usage": usage, **extra}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}


def extensions(answer: Answer) -> dict[str, Any]:
    """Return the fields that our completions add to OpenAI's.

    The citations have the quotes, with their offsets in the abstract.
    """
    whole = answer.to_dict()
    return {
        name: whole[name]
        for name in ("citations", "abstained", "confidence", "kind", "corrections")
    }


def usage_of(tokens: Usage | Timings) -> dict[str, Any]:
    """Return token counts as a usage object."""
    return {
        "prompt_tokens": tokens.prompt_tokens,
        "completion_tokens": tokens.completion_tokens,
        "total_tokens": tokens.prompt_tokens + tokens.completion_tokens,
        "prompt_tokens_details": {"cached_tokens": tokens.cached_tokens},
    }
