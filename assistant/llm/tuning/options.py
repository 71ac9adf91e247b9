"""The engine's performance options.

Design notes: docs/design/decoding-and-prefill.md
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

KvType: TypeAlias = Literal["f16", "q8_0"]

# For batches of up to this many tokens, the results of llama.cpp's CPU kernels are bit-identical to
# those of decoding each token alone. For repacked weights the limit is lower. Both were measured; a
# test checks the small model, and `make bench` compares whole answers.
_EXACT_TOKENS = 6
_EXACT_TOKENS_REPACKED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """Options that change the engine's speed. `assistant doctor --tune` measures the best ones.

    Attributes:
        threads: number of CPU threads; 0 for one per core that this process may use.
        batch_tokens: number of prompt tokens per compute batch (llama.cpp's ``n_ubatch``).
        kv_type: the type of the KV cache. ``q8_0`` takes half the memory of ``f16``, but ``f16`` is
            faster.
        repack: whether to copy the weights into a layout that is faster on some CPUs. Otherwise
            they are memory-mapped from the file.
        draft_tokens: number of tokens to draft by prompt lookup while a single answer is generated;
            0 for none. Limited to `exact_drafts`.
    """

    threads: int = 0
    batch_tokens: int = 128
    kv_type: KvType = "f16"
    repack: bool = False
    draft_tokens: int = 2

    def __str__(self) -> str:
        return ", ".join(
            (
                f"{self.threads} threads" if self.threads else "one thread per core",
                f"batches of {self.batch_tokens} tokens",
                f"KV cache in {self.kv_type}",
                f"drafts of {self.exact_drafts} tokens",
                "repacked weights" if self.repack else "weights mapped from the file",
            )
        )

    @property
    def exact_tokens(self) -> int:
        """The largest batch whose results are bit-identical to decoding each token alone."""
        if self.kv_type == "f16" and self.threads != 1:
            # For a single token, llama.cpp's threads split the keys among themselves and add up
            # partial results. For several tokens they do not.
            return 1
        return _EXACT_TOKENS_REPACKED if self.repack else _EXACT_TOKENS

    @property
    def exact_drafts(self) -> int:
        """The maximum number of tokens to draft without changing the answer."""
        return min(self.draft_tokens, self.exact_tokens - 1)
