"""The bodies of requests. Parameters that are not declared are ignored."""

from typing import Literal

from pydantic import BaseModel, Field

from assistant.server.requests.bodies import ScopeBody

ANSWERING_MODEL = "paper-assistant"
"""Answers questions about the papers, with citations."""

PLAIN_MODEL = "paper-assistant-plain"
"""The language model alone, for prompts of a client itself, such as for a conversation's title."""


class ContentPart(BaseModel):
    """A part of a message; parts without text, such as images, are ignored."""

    type: str = "text"
    text: str = ""


class ChatMessage(BaseModel):
    """One message of a conversation."""

    role: str
    content: str | list[ContentPart] | None = None

    @property
    def text(self) -> str:
        """The text of all parts."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text for part in self.content or () if part.text)


class StreamOptions(BaseModel):
    """Options of a stream."""

    include_usage: bool | None = False


class ChatRequest(BaseModel):
    """The body of ``POST /v1/chat/completions``. ``scope`` is an extension."""

    model: str
    messages: list[ChatMessage] = Field(min_length=1)
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(default=None, ge=1)
    max_completion_tokens: int | None = Field(default=None, ge=1)
    scope: ScopeBody | None = None

    @property
    def token_limit(self) -> int | None:
        """The maximum length of the answer, in tokens; None if the client sets none."""
        return self.max_completion_tokens or self.max_tokens

    @property
    def wants_usage(self) -> bool:
        """Whether a stream ends with the usage."""
        return bool(self.stream_options and self.stream_options.include_usage)


class EmbeddingsRequest(BaseModel):
    """The body of ``POST /v1/embeddings``."""

    model: str
    input: str | list[str]
    encoding_format: Literal["float", "base64"] | None = "float"
    dimensions: int | None = None
