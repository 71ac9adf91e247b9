"""Prefilling prompts: decoding them into slots, with as many cells reused as possible.

For an abstract in the reading cache, the cells of the evidence sentences are restored instead of
decoded. Reusing the KV cache of documents that were prefilled independently is the idea of TurboRAG
(Lu et al., EMNLP 2025, arXiv 2410.07590). Here single sentences are restored; their cells were
computed with the preceding sentences of the abstract in context.

Design notes: docs/design/reading-cache.md
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.errors import InputError
from assistant.llm.kv_cache.cell_plan import BlockTokens, CellPlanner, PromptPrefix
from assistant.llm.kv_cache.cell_store import CellStore, save_cells
from assistant.llm.kv_cache.cells import Cell, RestoredCell, Segment, segments, token_of
from assistant.llm.kv_cache.codec import KvVectors, keys_and_values
from assistant.llm.kv_cache.likelihood import scored_next_tokens, sum_by_sequence
from assistant.llm.kv_cache.reading_cache import ReadingCache
from assistant.llm.kv_cache.shared_prefix import PromptTail, batch_with_shared_prefix
from assistant.llm.kv_cache.slots import Slot, SlotPool
from assistant.llm.llama import BatchToken, LlamaContext, Logits
from assistant.llm.prompts import Prompt
from assistant.llm.usage import Usage


@dataclass(frozen=True, slots=True)
class PrefillRequest:
    """A prompt to prefill.

    Attributes:
        prompt: the prompt.
        max_new_tokens: number of further cells to reserve for the answer.
        with_likelihood: whether to compute log P(question given papers).
    """

    prompt: Prompt
    max_new_tokens: int
    with_likelihood: bool = False


@dataclass(frozen=True, slots=True)
class PrefilledPrompt:
    """A prompt in a slot.

    Attributes:
        slot: the slot; in use until `Prefiller.free`.
        logits: the logits of the next token, shape (vocabulary,).
        usage: token counts so far.
        last_question_token: index of the last token of the user's message.
        log_likelihood: log P(question given papers), in nats; 0 if it was not requested.
    """

    slot: Slot
    logits: Logits
    usage: Usage
    last_question_token: int
    log_likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class _PartialPrefill:
    """A prompt in a slot, complete except for its last segment.

    Attributes:
        slot: the slot.
        last_segment: the tokens still to be decoded.
        prompt_tokens: length of the prompt.
        decoded_tokens: number of tokens decoded so far, neither shared nor restored.
        last_question_token: index of the last token of the user's message.
        scored_next: see `PromptTail`.
    """

    slot: Slot
    last_segment: Segment
    prompt_tokens: int
    decoded_tokens: int
    last_question_token: int = 0
    scored_next: tuple[int | None, ...] = ()

    def tail(self) -> PromptTail:
        tokens = [token_of(cell) for cell in self.last_segment.cells]
        return PromptTail(self.slot.seq_id, self.slot.cells, tokens, self.scored_next)


class _DamagedEntryError(Exception):
    """An entry of the reading cache could not be restored and has been discarded."""


class Prefiller:
    """Prefills prompts into the slots of a context. Use it on the worker's thread only.

    Attributes:
        llama: the context.
    """

    def __init__(self, llama: LlamaContext, reading_cache: ReadingCache | None) -> None:
        self.llama = llama
        usable = reading_cache if llama.can_shift else None
        self._planner = CellPlanner(llama.model, usable)
        self._slots = SlotPool(llama)
        self._cell_store = None if usable is None else CellStore(llama, usable)

    # -- prompts ------------------------------------------------------------------------------

    def prefill(
        self, requests: Sequence[PrefillRequest]
    ) -> list[PrefilledPrompt | InputError | None]:
        """Prefill prompts together; their last segments are decoded in one batch.

        Returns:
            For each request, the prompt in its slot; an error if it is longer than the context; or
            None if it does not fit until other slots are freed.

        Raises:
            Cancelled: the decode was aborted; no slot is allocated.
        """
        results: list[PrefilledPrompt | InputError | None] = [None] * len(requests)
        partials: dict[int, _PartialPrefill] = {}
        try:
            for i, request in enumerate(requests):
                try:
                    partial = self._start(request)
                except InputError as error:
                    results[i] = error
                    continue
                if partial is None:
                    break  # the requests after it wait for it
                partials[i] = partial
            batch = batch_with_shared_prefix([partial.tail() for partial in partials.values()])
            decoded = self.llama.decode(batch)
        except BaseException:
            for partial in partials.values():
                self._slots.abandon(partial.slot)
            raise
        likelihoods = sum_by_sequence(batch, decoded.log_probabilities)
        for (i, partial), logits in zip(partials.items(), decoded.logits, strict=True):
            slot = partial.slot
            slot.cells += partial.last_segment.cells
            decoded_tokens = partial.decoded_tokens
            decoded_tokens += sum(token.seq_id == slot.seq_id for token in batch)
            results[i] = PrefilledPrompt(
                slot,
                logits,
                Usage(partial.prompt_tokens, partial.prompt_tokens - decoded_tokens),
                partial.last_question_token,
                likelihoods.get(slot.seq_id, 0.0),
            )
        return results

    def free(self, slot: Slot) -> None:
        """Make a slot available to other prompts; its cells are kept until then."""
        self._slots.free(slot)

    def values(self, slot: Slot, index: int) -> KvVectors | None:
        """Return the values (the V of the KV cache) of a token, in all layers.

        Shape (layers, values). None if the model's KV cache has an unknown layout.
        """
        rows = keys_and_values(save_cells(self.llama, slot, index, index + 1))
        return None if rows is None else rows[len(rows) // 2 :, 0]

    # -- blocks in the reading cache ----------------------------------------------------------

    def is_cached(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt are in the reading cache."""
        if self._cell_store is None:
            return not prompt.blocks
        _, blocks = self._planner.whole_blocks(prompt)
        return all(block.key in self._cell_store for block in blocks)

    def cache_blocks(self, prompt: Prompt) -> int:
        """Prefill and store the blocks of a prompt that are not in the reading cache.

        Returns:
            The number of blocks that were stored.
        """
        if self._cell_store is None:
            return 0
        prefix, blocks = self._planner.whole_blocks(prompt)
        count = 0
        for block in blocks:
            if block.key not in self._cell_store:
                count += self._cache_block(self._cell_store, prefix, block)
        return count

    def _cache_block(self, cell_store: CellStore, prefix: PromptPrefix, block: BlockTokens) -> bool:
        """Prefill a block right after the prefix and store its cells; False if no slot is free."""
        cells = [*self._planner.prefix_cells(prefix), *block.tokens]
        try:
            partial = self._fill(prefix, cells, cells[:-1], max_new_tokens=0)
        except _DamagedEntryError:
            return self._cache_block(cell_store, prefix, block)
        if partial is None:
            return False
        try:
            self._decode(partial.slot, partial.last_segment)
            cell_store.store(block.key, partial.slot, len(prefix.tokens), len(cells))
        finally:
            self._slots.abandon(partial.slot)
        return True

    # -- filling a slot -----------------------------------------------------------------------

    def _start(self, request: PrefillRequest) -> _PartialPrefill | None:
        """Fill a slot with all of a prompt except its last segment; None if there is no room."""
        plan = self._planner.plan(request.prompt)
        length = len(plan.cells)
        if length + request.max_new_tokens > self.llama.context_tokens:
            raise InputError(
                f"The question and its evidence take {length} tokens and the answer up to "
                f"{request.max_new_tokens}; the model's context holds "
                f"{self.llama.context_tokens}. Ask a shorter question, or lower the setting "
                "evidence_sentences."
            )
        # The last token is always decoded, for its logits. For the likelihood, all tokens after the
        # blocks are.
        reusable = plan.cells[: plan.blocks_end if request.with_likelihood else -1]
        try:
            partial = self._fill(plan.prefix, plan.cells, reusable, request.max_new_tokens)
        except _DamagedEntryError:
            return self._start(request)  # the entry was discarded, so its block is now decoded
        if partial is None:
            return None
        scored_next = scored_next_tokens(plan) if request.with_likelihood else ()
        return replace(partial, last_question_token=plan.question_end - 1, scored_next=scored_next)

    def _fill(
        self,
        prefix: PromptPrefix,
        cells: Sequence[Cell],
        reusable: Sequence[Cell],
        max_new_tokens: int,
    ) -> _PartialPrefill | None:
        """Allocate a slot and fill it with all cells except the last segment.

        Args:
            prefix: the prompt's prefix.
            cells: the prompt's cells.
            reusable: the leading cells that may be taken from other slots.
            max_new_tokens: number of further cells to reserve.

        Raises:
            _DamagedEntryError: cells could not be restored.
        """
        slot = self._slots.allocate(cells, len(cells) + max_new_tokens)
        if slot is None:
            return None
        try:
            self._slots.reuse_prefix(slot, reusable)
            decoded_tokens = self._fill_prefix(slot, prefix, cells)
            *first, last = segments(cells, len(slot.cells))
            for segment in first:
                if segment.key is None:
                    self._decode(slot, segment)
                    decoded_tokens += len(segment.cells)
                else:
                    self._restore(slot, segment)
        except BaseException:
            self._slots.abandon(slot)
            raise
        return _PartialPrefill(slot, last, len(cells), decoded_tokens)

    def _fill_prefix(self, slot: Slot, prefix: PromptPrefix, cells: Sequence[Cell]) -> int:
        """Decode and store the prefix if neither the slot nor the reading cache has it.

        Returns:
            The number of tokens decoded.
        """
        start, end = len(slot.cells), len(prefix.tokens)
        if start >= end or isinstance(cells[0], RestoredCell):
            return 0
        self._decode(slot, segments(cells[:end], start)[0])
        if self._cell_store is not None and prefix.key is not None:
            self._cell_store.store(prefix.key, slot, 0, end)
        return end - start

    def _decode(self, slot: Slot, segment: Segment) -> None:
        self.llama.decode(
            [
                BatchToken(token_of(cell), segment.start + i, slot.seq_id)
                for i, cell in enumerate(segment.cells)
            ]
        )
        slot.cells += segment.cells

    def _restore(self, slot: Slot, segment: Segment) -> None:
        assert self._cell_store is not None
        if self._slots.share_segment(slot, segment):
            return
        if not self._cell_store.restore(slot, segment):
            raise _DamagedEntryError
