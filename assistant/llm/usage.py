"""Token counts of a request."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Usage:
    """Token counts of a request.

    Attributes:
        prompt_tokens: length of the prompt.
        cached_tokens: prompt tokens reused from the KV cache, in memory or on disk.
        completion_tokens: tokens generated.
        accepted_draft_tokens: generated tokens that came from an accepted draft.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    accepted_draft_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
            self.accepted_draft_tokens + other.accepted_draft_tokens,
        )
