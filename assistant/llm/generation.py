"""Writing answers, one token of each at a time; several answers share a batch.

Where the tuning allows it, an answer that is written alone is lookup_draft ahead from its prompt
(`drafting.py`). A batch with a
draft holds no more tokens than the kernels compute as if each were alone, so that drafts never
change a word.
"""

import codecs
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from assistant.llm.cancellation import Stop
from assistant.llm.kv_cache.prefill import PrefilledPrompt, Slot
from assistant.llm.llama import Entry, LlamaContext, Logits
from assistant.llm.prompt_lookup import lookup_draft
from assistant.llm.usage import Usage


def _utf8() -> codecs.IncrementalDecoder:
    return codecs.getincrementaldecoder("utf-8")(errors="replace")


@dataclass(slots=True, eq=False)
class Writing:
    """An answer while it is being written.

    Attributes:
        seat: where its prompt stands, and it behind.
        max_tokens: where it is cut.
        on_piece: told each piece of text.
        stop: set when it is not wanted any more.
        usage: what it took so far.
        choose: the next token, by its logits.
        ended: whether the model has ended it, or the limit has.
    """

    seat: Slot
    max_tokens: int
    on_piece: Callable[[str], None]
    stop: Stop
    usage: Usage
    choose: Callable[[Logits], int]
    ended: bool = False
    _last: int = -1  # written, and not read yet
    _text: codecs.IncrementalDecoder = field(default_factory=_utf8)

    def guess(self, count: int) -> list[int]:
        """Return the last token and up to ``count`` that may come after it."""
        left = self.max_tokens - self.usage.completion_tokens
        return [self._last, *lookup_draft([*self.seat.tokens, self._last], min(count, left - 1))]

    def write(self, llama: LlamaContext, token: int) -> None:
        """Add a token to the answer, or end it."""
        if llama.ends_answer(token):
            self.ended = True
            return
        self._last = token
        self.usage += Usage(completion_tokens=1)
        self.ended = self.usage.completion_tokens >= self.max_tokens
        if piece := self._text.decode(llama.piece(token)):
            self.on_piece(piece)


def begun(
    llama: LlamaContext,
    seated: PrefilledPrompt,
    max_tokens: int,
    on_piece: Callable[[str], None],
    stop: Stop,
    grammar: str | None = None,
) -> Writing:
    """Return the answer to a prompt that was read, with its first token written."""
    choose = llama.grammar(grammar).choose if grammar else likeliest
    writing = Writing(seated.seat, max_tokens, on_piece, stop, seated.usage, choose)
    writing.write(llama, choose(seated.logits))
    return writing


def likeliest(logits: Logits) -> int:
    """Return the token with the highest logit."""
    return int(logits.argmax())


def write_on(llama: LlamaContext, writings: Sequence[Writing], draft_tokens: int) -> None:
    """Write at least one more token of each answer.

    Args:
        llama: the model.
        writings: answers that have not ended, in seats of their own.
        draft_tokens: how many tokens of an answer that is alone are guessed ahead.

    Raises:
        Cancelled: the model was stopped; the answers are as they were.
    """
    guesses = [writing.guess(draft_tokens if len(writings) == 1 else 0) for writing in writings]
    entries = [
        Entry(token, len(writing.seat.cells) + i, writing.seat.sequence, wanted=True)
        for writing, guess in zip(writings, guesses, strict=True)
        for i, token in enumerate(guess)
    ]
    try:
        rows = iter(llama.decode(entries).logits)
        for writing, guess in zip(writings, guesses, strict=True):
            logits = [next(rows) for _ in guess]
            for token, following, after in zip(guess, [*guess[1:], None], logits, strict=True):
                writing.seat.cells.append(token)
                written = writing.choose(after)
                writing.write(llama, written)
                if writing.ended or written != following:
                    break
                writing.usage += Usage(guessed_tokens=1)
    finally:
        for writing in writings:
            llama.forget(writing.seat.sequence, len(writing.seat.cells))
