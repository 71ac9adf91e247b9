"""Generating answers, one decode step at a time; several answers share a batch.

If the tuning allows it, and only one answer is being generated, its next tokens are drafted by
prompt lookup (`prompt_lookup.py`). A batch with a draft is small enough for the kernels to give the
same results as decoding each token alone, so drafts never change an answer.
"""

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.llm.cancellation import StopSignal
from assistant.llm.decoding.prompt_lookup import lookup_draft
from assistant.llm.kv_cache.prefill import PrefilledPrompt
from assistant.llm.kv_cache.slots import Slot
from assistant.llm.llama import BatchToken, LlamaContext, LlamaModel, Logits
from assistant.llm.usage import Usage


def _utf8_decoder() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")(errors="replace")


@dataclass(slots=True, eq=False)
class Generation:
    """An answer that is being generated.

    Attributes:
        slot: holds its prompt, followed by the answer.
        max_tokens: maximum length of the answer.
        on_piece: called with each piece of text.
        stop: set to cancel the answer.
        usage: token counts so far.
        sample: chooses the next token from the logits.
        ended: whether the model has ended the answer or it has reached its maximum length.
    """

    slot: Slot
    max_tokens: int
    on_piece: Callable[[str], None]
    stop: StopSignal
    usage: Usage
    sample: Callable[[Logits], int]
    ended: bool = False
    _last_token: int = -1  # generated, but not decoded yet
    _decoder: codecs.IncrementalDecoder = field(default_factory=_utf8_decoder)

    def next_tokens(self, draft_tokens: int) -> list[int]:
        """Return the tokens to decode next: the last one, and a draft of up to ``draft_tokens``."""
        left = self.max_tokens - self.usage.completion_tokens
        tokens = [*self.slot.tokens, self._last_token]
        return [self._last_token, *lookup_draft(tokens, min(draft_tokens, left - 1))]

    def append(self, model: LlamaModel, token: int) -> None:
        """Append a token to the answer, or end the answer if it is an end-of-generation token."""
        if model.is_end_of_generation(token):
            self.ended = True
            return
        self._last_token = token
        self.usage += Usage(completion_tokens=1)
        self.ended = self.usage.completion_tokens >= self.max_tokens
        if piece := self._decoder.decode(model.piece(token)):
            self.on_piece(piece)


def start_generation(
    model: LlamaModel,
    prefilled: PrefilledPrompt,
    max_tokens: int,
    on_piece: Callable[[str], None],
    stop: StopSignal,
    grammar: str | None = None,
) -> Generation:
    """Start the answer to a prefilled prompt by generating its first token.

    Raises:
        InputError: the grammar is not valid.
    """
    sample = model.grammar(grammar).choose if grammar else greedy
    generation = Generation(prefilled.slot, max_tokens, on_piece, stop, prefilled.usage, sample)
    generation.append(model, sample(prefilled.logits))
    return generation


def greedy(logits: Logits) -> int:
    """Return the token with the highest logit."""
    return int(logits.argmax())


def decode_step(
    llama: LlamaContext, generations: Sequence[Generation], max_draft_tokens: int
) -> None:
    """Generate at least one more token of each answer.

    Args:
        llama: the context.
        generations: answers that have not ended, in different slots.
        max_draft_tokens: maximum length of a draft; used for a single answer only.

    Raises:
        Cancelled: the decode was aborted; the answers are unchanged.
    """
    draft_tokens = max_draft_tokens if len(generations) == 1 else 0
    proposals = [generation.next_tokens(draft_tokens) for generation in generations]
    batch = [
        BatchToken(
            token,
            len(generation.slot.cells) + i,
            generation.slot.seq_id,
            wants_logits=True,
        )
        for generation, proposal in zip(generations, proposals, strict=True)
        for i, token in enumerate(proposal)
    ]
    try:
        rows = iter(llama.decode(batch).logits)
        for generation, proposal in zip(generations, proposals, strict=True):
            logits = [next(rows) for _ in proposal]
            for token, drafted, row in zip(proposal, [*proposal[1:], None], logits, strict=True):
                generation.slot.cells.append(token)
                sampled = generation.sample(row)
                generation.append(llama.model, sampled)
                if generation.ended or sampled != drafted:
                    break
                generation.usage += Usage(accepted_draft_tokens=1)
    finally:
        # The cells of rejected draft tokens.
        for generation in generations:
            llama.remove(generation.slot.seq_id, len(generation.slot.cells))
