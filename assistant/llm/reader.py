"""Reading prompts into the context and writing answers. Runs on the engine's thread only.

Of an abstract that was read before, the cells of the evidence sentences are recalled and nothing is
read again. The idea to reuse cells of documents read apart from each other is TurboRAG's (Lu et
al., EMNLP 2025, arXiv 2410.07590); here single sentences are recalled, which still carry what the
model took from the sentences around them.
"""

import codecs
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.errors import Cancelled, InputError
from assistant.llm.cells import Cell, Recalled, Run, runs, shared_cells, stretches
from assistant.llm.chat_template import BlockPlace, chat_parts
from assistant.llm.context import LlamaContext, Logits
from assistant.llm.prompts import Block, Prompt
from assistant.llm.reading_cache import ReadingCache

# The sequences of the context: the prompt and its answer; a block as it was read; a stretch of it
# on the way to its place.
_ANSWER, _BLOCK, _STRETCH = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Usage:
    """How many tokens a request took.

    Attributes:
        prompt_tokens: of the whole prompt.
        cached_tokens: of these, how many had been read before.
        completion_tokens: written by the model.
    """

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.prompt_tokens + other.prompt_tokens,
            self.cached_tokens + other.cached_tokens,
            self.completion_tokens + other.completion_tokens,
        )


class Reader:
    """A loaded model, what it has just read, and what it can recall."""

    def __init__(self, llama: LlamaContext, readings: ReadingCache | None) -> None:
        self._llama = llama
        self._readings = readings if llama.can_shift else None
        self._read: list[Cell] = []  # what stands in the answer's sequence

    def close(self) -> None:
        """Free the model."""
        self._llama.close()

    # -- requests -----------------------------------------------------------------------------

    def write(
        self,
        prompt: Prompt,
        max_tokens: int,
        on_piece: Callable[[str], None],
        stop: threading.Event,
    ) -> Usage:
        """Write an answer greedily, piece by piece, until the model ends it or the limit is met."""
        llama = self._llama
        logits, usage = self._prefill(prompt, room=max_tokens)
        text = codecs.getincrementaldecoder("utf-8")(errors="replace")
        for _ in range(max_tokens):
            token = int(logits.argmax())
            if llama.ends_answer(token):
                break
            if stop.is_set():
                raise Cancelled("The model was stopped.")
            usage += Usage(completion_tokens=1)
            if piece := text.decode(llama.piece(token)):
                on_piece(piece)
            logits = llama.decode([token], len(self._read))
            self._read.append(token)
        return usage

    def word_shares(self, prompt: Prompt, words: Sequence[str]) -> tuple[list[float], Usage]:
        """Return the share of each of some words in the first token of the answer."""
        logits, usage = self._prefill(prompt, room=1)
        scores = np.array([self._best_logit(logits, word) for word in words])
        weights = np.exp(scores - scores.max())
        return (weights / weights.sum()).tolist(), usage

    def _best_logit(self, logits: Logits, word: str) -> float:
        """Return the best logit among the first tokens of a word's spellings."""
        spellings = (form for w in (word, word.capitalize()) for form in (w, f" {w}"))
        return max(float(logits[self._llama.tokenize(form, False)[0]]) for form in spellings)

    def has_read(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt were read before."""
        before, _ = self._parts(prompt)
        cells = [self._block_cells(before, block) for block in prompt.blocks]
        return all(isinstance(block[0], Recalled) for block in cells)

    def read_blocks(self, prompt: Prompt) -> int:
        """Read the blocks of a prompt that were never read; return how many that were."""
        if self._readings is None:
            return 0
        before, _ = self._parts(prompt)
        count = 0
        for block in prompt.blocks:
            tokens = [token for piece in self._block_tokens(block) for token in piece]
            key = self._readings.key(before, tokens)
            if key not in self._readings:
                self._readings.store(key, self._read_block(before, tokens))
                count += 1
        return count

    # -- prompts to cells ---------------------------------------------------------------------

    def _parts(self, prompt: Prompt) -> tuple[list[int], list[list[int] | BlockPlace]]:
        """Return the tokens before the first block, and the parts from there on."""
        llama = self._llama
        parts = chat_parts(
            prompt.messages,
            llama.chat_template(),
            llama.tokenize,
            bos=llama.token_text(llama.bos),
            eos=llama.token_text(llama.eos),
        )
        before: list[int] = []
        while parts and not isinstance(parts[0], BlockPlace):
            before += parts[0]
            parts = parts[1:]
        if llama.starts_with_bos and before[:1] != [llama.bos]:
            before.insert(0, llama.bos)
        return before, parts

    def _block_tokens(self, block: Block) -> list[list[int]]:
        """Return the tokens of a block's pieces; each piece is tokenized on its own."""
        return [self._llama.tokenize(piece, False) for piece in block.pieces()]

    def _cells(self, prompt: Prompt) -> list[Cell]:
        before, parts = self._parts(prompt)
        cells: list[Cell] = list(before)
        for part in parts:
            if isinstance(part, BlockPlace):
                cells += self._block_cells(before, prompt.blocks[part.number])
            else:
                cells += part
        return cells

    def _block_cells(self, before: list[int], block: Block) -> list[Cell]:
        """Return the cells of what is shown of a block: recalled if it was read, else to read."""
        pieces = self._block_tokens(block)
        tokens = [token for piece in pieces for token in piece]
        starts = np.cumsum([0, *map(len, pieces)])
        shown = [token for i in block.shown_pieces() for token in range(starts[i], starts[i + 1])]
        if self._readings is not None:
            key = self._readings.key(before, tokens)
            if key in self._readings:
                return [Recalled(key, token) for token in shown]
        return [tokens[token] for token in shown]

    # -- cells to the context -----------------------------------------------------------------

    def _prefill(self, prompt: Prompt, room: int) -> tuple[Logits, Usage]:
        """Bring a prompt into the context, reading only what must be; return the last logits."""
        llama = self._llama
        cells = self._cells(prompt)
        if len(cells) + room > llama.context_tokens:
            raise InputError(
                f"The question and its evidence take {len(cells)} tokens and the answer up to "
                f"{room}; the model's context holds {llama.context_tokens}. Ask a shorter "
                "question, or lower the setting evidence_sentences."
            )
        shared = shared_cells(self._read, cells[:-1])
        llama.forget(_ANSWER, shared)
        del self._read[shared:]
        cached = shared
        logits: Logits | None = None
        for run in runs(cells[shared:]):
            if run.reading is None:
                logits = self._read_run(run)
            elif self._recall(run):
                cached += len(run.cells)
            else:
                # The reading is damaged: without it the block is read like any text.
                self._discard(run.reading)
                return self._prefill(prompt, room)
        assert logits is not None  # the part after the last block is never empty
        return logits, Usage(prompt_tokens=len(cells), cached_tokens=cached)

    def _read_run(self, run: Run) -> Logits:
        tokens = [cell for cell in run.cells if isinstance(cell, int)]
        logits = self._llama.decode(tokens, len(self._read), _ANSWER)
        self._read += tokens
        return logits

    def _recall(self, run: Run) -> bool:
        """Put the cells of a reading in their places; tell whether it was whole."""
        llama = self._llama
        assert self._readings is not None
        assert run.reading is not None
        state = self._readings.load(run.reading)
        if state is None or not llama.restore(_BLOCK, state):
            return False
        # A reading's first cell stands where the tokens before all blocks end.
        first = llama.first_position(_BLOCK)
        target = len(self._read)
        tokens = [cell.token for cell in run.cells if isinstance(cell, Recalled)]
        for start, end in stretches(tokens):
            llama.copy(_BLOCK, _STRETCH, first + start, first + end)
            llama.forget(_BLOCK, first + start, first + end)
            llama.shift(_STRETCH, first + start, first + end, target - first - start)
            target += end - start
            llama.copy(_STRETCH, _ANSWER, 0, target)
            llama.forget(_STRETCH)
        llama.forget(_BLOCK)
        self._read += run.cells
        return True

    def _discard(self, key: str) -> None:
        assert self._readings is not None
        self._readings.discard(key)

    def _read_block(self, before: list[int], tokens: list[int]) -> bytes:
        """Return the cells of a block that is read right after the tokens before all blocks."""
        llama = self._llama
        # The prompt's own reading may be interrupted by this one: begin from nothing.
        if self._read[: len(before)] != before:
            llama.forget(_ANSWER)
            self._read = []
            llama.decode(before, 0, _ANSWER)
            self._read = list(before)
        try:
            llama.copy(_ANSWER, _BLOCK, 0, len(before))
            llama.decode(tokens, len(before), _BLOCK)
            llama.forget(_BLOCK, 0, len(before))
            return llama.save(_BLOCK)
        finally:
            llama.forget(_BLOCK)
