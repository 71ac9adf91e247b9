"""How the engine is set up on a machine: what changes its speed, and what that entails.

Design notes: docs/design/decoding-and-prefill.md
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

KvType: TypeAlias = Literal["f16", "q8_0"]

# Up to this many tokens llama.cpp's CPU kernels compute each token of a batch exactly as alone;
# its kernels for repacked weights do so for fewer. Measured bit by bit; a test holds it for the
# small model, and `make bench` compares whole answers.
_EXACT_TOKENS = 6
_EXACT_TOKENS_REPACKED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """What suits a machine. `assistant doctor --tune` finds it by measuring.

    Attributes:
        threads: CPU threads; 0 means as many as this process may use.
        batch_tokens: how many tokens of a prompt are computed at once.
        kv_type: in what type keys and values are kept in memory; ``q8_0`` takes half the room of
            ``f16``, which is computed faster.
        repack: whether the weights are copied into a layout that some CPUs compute faster with;
            otherwise they stay mapped from the file.
        draft_tokens: how many tokens are guessed ahead from the prompt while one answer is written
            alone; 0 for none. Only as many are as come out exactly: see `exact_tokens`.
    """

    threads: int = 0
    batch_tokens: int = 128
    kv_type: KvType = "f16"
    repack: bool = False
    draft_tokens: int = 2

    def __str__(self) -> str:
        return ", ".join(
            (
                f"{self.threads} threads" if self.threads else "a thread a core",
                f"batches of {self.batch_tokens} tokens",
                f"keys and values in {self.kv_type}",
                f"drafts of {self.exact_drafts} tokens",
                "repacked weights" if self.repack else "weights mapped from the file",
            )
        )

    @property
    def exact_tokens(self) -> int:
        """How many tokens one batch may hold so that each comes out exactly as if read alone."""
        if self.kv_type == "f16" and self.threads != 1:
            # Of a single token, llama.cpp's threads share the keys between them and add up what
            # each found; of several tokens they do not.
            return 1
        return _EXACT_TOKENS_REPACKED if self.repack else _EXACT_TOKENS

    @property
    def exact_drafts(self) -> int:
        """How many tokens are guessed ahead such that the answer stays the same."""
        return min(self.draft_tokens, self.exact_tokens - 1)
