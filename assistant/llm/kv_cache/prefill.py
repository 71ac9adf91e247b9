"""Reading prompts into the context. Runs on the engine's thread only.

Of an abstract that was read before, the cells of the evidence sentences are recalled and nothing is
read again. The idea to reuse cells of documents read apart from each other is TurboRAG's (Lu et
al., EMNLP 2025, arXiv 2410.07590); here single sentences are recalled, which still carry what the
model took from the sentences around them.

Several prompts may stand in the context at once, each in a seat of its own. What they have in
common (the opening, a paper that several show) is stored once: cells may belong to many sequences.

Design notes: docs/design/reading-cache.md
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from assistant.errors import InputError
from assistant.llm.kv_cache.cells import (
    Cell,
    RecalledCell,
    Run,
    runs,
    shared_cells,
    stretches,
    token_of,
)
from assistant.llm.kv_cache.codec import Values, pack, rows_of, unpack
from assistant.llm.kv_cache.disk_cache import KVDiskCache
from assistant.llm.kv_cache.layout import BlockTokens, Layout, Opening, PromptCells
from assistant.llm.kv_cache.shared_prefix import Rest, batch_with_shared_prefix
from assistant.llm.llama import Entry, LlamaContext, Logits
from assistant.llm.prompts import Prompt
from assistant.llm.rope import Rope
from assistant.llm.usage import Usage

SLOTS = 8
# Beside the seats: a reading as it was saved, and a stretch of it on the way to its place.
_READING, _STRETCH = SLOTS, SLOTS + 1
SEQUENCES = SLOTS + 2
# How many tokens behind the last block count for the likelihood. A question is seldom longer, and
# where it is, its beginning tells as much; each takes a row of logits in memory.
_LIKELIHOOD_TOKENS = 32
# By how many positions a key is moved to see whether it is moved rightly.
_FAR = 1_000


@dataclass(slots=True, eq=False)
class Slot:
    """A prompt's place in the context.

    Attributes:
        sequence: of the key-value cache.
        cells: what stands in it.
        taken: whether an answer is being written in it.
        reserved: for how many cells it needs room until it is free; 0 if it is.
        used: when it was last used; a higher number is later.
    """

    sequence: int
    cells: list[Cell] = field(default_factory=list)
    taken: bool = False
    reserved: int = 0
    used: int = 0

    @property
    def tokens(self) -> list[int]:
        """What stands in it, as tokens."""
        return [token_of(cell) for cell in self.cells]

    @property
    def room(self) -> int:
        """How many cells of the context it takes, or will have taken."""
        return max(len(self.cells), self.reserved)


@dataclass(frozen=True, slots=True)
class PrefillRequest:
    """A prompt to be read.

    Attributes:
        prompt: the prompt.
        room: for how many more tokens there must be room behind it.
        with_likelihood: whether it is to be known how likely the papers make what the user says
            behind them.
    """

    prompt: Prompt
    room: int
    with_likelihood: bool = False


@dataclass(frozen=True, slots=True)
class PrefilledPrompt:
    """A prompt that was read.

    Attributes:
        seat: where it stands; taken until `Prefiller.free`.
        logits: of what comes next, shape (vocabulary,).
        usage: what it took.
        asked: the place of the last token of what the user says.
        log_likelihood: of what the user says behind the papers, in nats; 0 if that was not wanted.
    """

    seat: Slot
    logits: Logits
    usage: Usage
    asked: int
    log_likelihood: float = 0.0


@dataclass(frozen=True, slots=True)
class _Begun:
    """A prompt of which only the last part is still to be read.

    Attributes:
        seat: where it stands.
        rest: the last part.
        prompt_tokens: how many tokens the prompt has.
        read_tokens: how many of them were read already, neither shared nor recalled.
        asked: the place of the last token of what the user says.
        followers: what may come after each of the last tokens, where that is wanted.
    """

    seat: Slot
    rest: Run
    prompt_tokens: int
    read_tokens: int
    asked: int = 0
    followers: tuple[int | None, ...] = ()

    def to_read(self) -> Rest:
        tokens = [token_of(cell) for cell in self.rest.cells]
        return Rest(self.seat.sequence, self.seat.cells, tokens, self.followers)


class _Damaged:
    """A reading that was to be recalled turned out to be damaged, and was discarded."""


class Prefiller:
    """A loaded model, the prompts that stand in its context, and what it can recall."""

    def __init__(self, llama: LlamaContext, readings: KVDiskCache | None) -> None:
        self.llama = llama
        self._readings = readings if llama.can_shift else None
        self._layout = PromptCells(llama, self._readings)
        self._seats = [Slot(sequence) for sequence in range(SLOTS)]
        self._uses = itertools.count(1)
        self._rotary = _checked_rotary(llama) if self._readings is not None else None

    # -- prompts ------------------------------------------------------------------------------

    def seat(self, wishes: Sequence[PrefillRequest]) -> list[PrefilledPrompt | InputError | None]:
        """Read prompts side by side; their last parts in one go, what these share once.

        Returns:
            For each wish the prompt as it was read, or the error that it is longer than the
            context, or None if there is no room for it before others are freed.

        Raises:
            Cancelled: the model was stopped; no seat is taken.
        """
        results: list[PrefilledPrompt | InputError | None] = [None] * len(wishes)
        begun: dict[int, _Begun] = {}
        try:
            for number, wish in enumerate(wishes):
                try:
                    started = self._begin(wish)
                except InputError as error:
                    results[number] = error
                    continue
                if started is None:
                    break  # those that came later wait behind it
                begun[number] = started
            entries = batch_with_shared_prefix([started.to_read() for started in begun.values()])
            decoded = self.llama.decode(entries)
        except BaseException:
            for started in begun.values():
                self._leave(started.seat)
            raise
        likelihoods = _by_sequence(entries, decoded.log_probabilities)
        for (number, started), logits in zip(begun.items(), decoded.logits, strict=True):
            seat = started.seat
            seat.cells += started.rest.cells
            read = started.read_tokens + sum(e.sequence == seat.sequence for e in entries)
            usage = Usage(started.prompt_tokens, started.prompt_tokens - read)
            likelihood = likelihoods.get(seat.sequence, 0.0)
            results[number] = PrefilledPrompt(seat, logits, usage, started.asked, likelihood)
        return results

    def free(self, seat: Slot) -> None:
        """Let a seat be used for other prompts; what stands in it is kept until then."""
        seat.taken = False
        seat.reserved = 0
        seat.used = next(self._uses)

    def values(self, seat: Slot, place: int) -> Values | None:
        """Return the values that each layer keeps of a token of a prompt.

        Their shape is (layers, values of a token). None if this model keeps them in another way.
        """
        rows = rows_of(self._save(seat, place, place + 1))
        return None if rows is None else rows[len(rows) // 2 :, 0]

    def has_read(self, prompt: Prompt) -> bool:
        """Tell whether all blocks of a prompt were read before."""
        if self._readings is None:
            return not prompt.blocks
        _, blocks = self._layout.whole_blocks(prompt)
        return all(block.key in self._readings for block in blocks)

    def read_blocks(self, prompt: Prompt) -> int:
        """Read the blocks of a prompt that were never read; return how many that were."""
        if self._readings is None:
            return 0
        opening, blocks = self._layout.whole_blocks(prompt)
        count = 0
        for block in blocks:
            if block.key not in self._readings:
                state = self._read_block(opening, block)
                if state is not None:
                    self._readings.store(block.key, state)
                    count += 1
        return count

    # -- cells to the context -----------------------------------------------------------------

    def _begin(self, wish: PrefillRequest) -> _Begun | None:
        """Bring all of a prompt but its last part into a seat; None if no seat has room."""
        layout = self._layout.lay_out(wish.prompt)
        tokens = len(layout.cells)
        if tokens + wish.room > self.llama.context_tokens:
            raise InputError(
                f"The question and its evidence take {tokens} tokens and the answer up to "
                f"{wish.room}; the model's context holds {self.llama.context_tokens}. Ask a "
                "shorter question, or lower the setting evidence_sentences."
            )
        # The last token is read anew, since its logits are wanted; all that the user says, if its
        # likelihood is.
        known = layout.behind if wish.with_likelihood else -1
        begun = self._bring(layout.opening, layout.cells, layout.cells[:known], wish.room)
        if isinstance(begun, _Damaged):
            return self._begin(wish)  # without the reading the block is read like any text
        if begun is None:
            return None
        followers = _followers(layout) if wish.with_likelihood else ()
        return replace(begun, asked=layout.end - 1, followers=followers)

    def _bring(
        self, opening: Opening, cells: Sequence[Cell], shareable: Sequence[Cell], room: int
    ) -> "_Begun | _Damaged | None":
        """Bring all cells but the last tokens into a seat.

        Args:
            opening: of the prompt.
            cells: of the prompt.
            shareable: those at its beginning that need not be read anew.
            room: for how many more tokens there must be room behind.
        """
        seat = self._make_room(cells, len(cells) + room)
        if seat is None:
            return None
        seat.taken = True
        seat.reserved = len(cells) + room
        try:
            self._keep_shared(seat, shareable)
            read = self._read_opening(seat, opening, cells)
            *first, rest = runs(cells, len(seat.cells))
            for run in first:
                if run.reading is None:
                    self._read_run(seat, run)
                    read += len(run.cells)
                elif not self._recall(seat, run):
                    self._leave(seat)
                    return _Damaged()
        except BaseException:
            self._leave(seat)
            raise
        return _Begun(seat, rest, len(cells), read)

    def _leave(self, seat: Slot) -> None:
        """Free a seat in which a reading was cut: what is not sure to be whole is dropped."""
        self.llama.forget(seat.sequence, len(seat.cells))
        self.free(seat)

    def _make_room(self, cells: Sequence[Cell], needed: int) -> Slot | None:
        """Return a free seat, the one most like the prompt, once so many cells fit beside others.

        Seats used longest ago are cleared for it. None if there is not enough room without
        clearing a taken one.
        """
        idle = sorted((s for s in self._seats if not s.taken), key=lambda s: s.used)
        if not idle:
            return None
        best = max(idle, key=lambda seat: (shared_cells(seat.cells, cells), -seat.used))
        idle.remove(best)
        # A cell that several seats share is counted for each: there is at least as much room.
        others = sum(seat.room for seat in self._seats if seat is not best)
        for seat in idle:
            if others + needed <= self.llama.context_tokens:
                break
            others -= len(seat.cells)
            self._clear(seat)
        return best if others + needed <= self.llama.context_tokens else None

    def _clear(self, seat: Slot) -> None:
        self.llama.forget(seat.sequence)
        seat.cells.clear()

    def _keep_shared(self, seat: Slot, cells: Sequence[Cell]) -> None:
        """Keep of a seat what a prompt begins with, and share more of it with the seat nearest."""
        kept = shared_cells(seat.cells, cells)
        self.llama.forget(seat.sequence, kept)
        del seat.cells[kept:]
        near = max(self._seats, key=lambda other: shared_cells(other.cells, cells))
        self._share(near, seat, cells, shared_cells(near.cells, cells))

    def _share(self, source: Slot, seat: Slot, cells: Sequence[Cell], end: int) -> None:
        start = len(seat.cells)
        if end > start:
            self.llama.copy(source.sequence, seat.sequence, start, end)
            seat.cells += cells[start:end]

    def _read_opening(self, seat: Slot, opening: Opening, cells: Sequence[Cell]) -> int:
        """Read what comes before all blocks, unless it stands there, and keep it on disk.

        Returns:
            How many tokens were read.
        """
        start, end = len(seat.cells), len(opening.tokens)
        if start >= end or isinstance(cells[0], RecalledCell):
            return 0
        self._read_run(seat, runs(cells[:end], start)[0])
        if self._readings is not None and opening.key is not None:
            self._readings.store(opening.key, pack(self._save(seat, 0, end)))
        return end - start

    def _read_run(self, seat: Slot, run: Run) -> None:
        self._read(seat.sequence, [token_of(cell) for cell in run.cells], run.start)
        seat.cells += run.cells

    def _read(self, sequence: int, tokens: Sequence[int], start: int) -> None:
        self.llama.decode([Entry(token, start + i, sequence) for i, token in enumerate(tokens)])

    def _recall(self, seat: Slot, run: Run) -> bool:
        """Put the cells of a reading in their places; tell whether it was whole."""
        for other in self._seats:
            # What was recalled does not depend on what stands before it: in the same place it is
            # the same.
            if other is not seat and tuple(other.cells[run.start : run.end]) == run.cells:
                self.llama.copy(other.sequence, seat.sequence, run.start, run.end)
                seat.cells += run.cells
                return True
        return self._load(seat, run)

    def _load(self, seat: Slot, run: Run) -> bool:
        llama = self.llama
        assert self._readings is not None
        assert run.reading is not None
        places = [cell.place for cell in run.cells if isinstance(cell, RecalledCell)]
        packed = self._readings.load(run.reading)
        found = unpack(packed, places, self._rotary, run.start) if packed else None
        if found is None or not llama.restore(_READING, found.state):
            llama.forget(_READING)
            self._readings.discard(run.reading)
            return False
        if found.moved:
            llama.copy(_READING, seat.sequence, run.start, run.end)
        else:
            self._move(places, found.first, seat, run.start)
        llama.forget(_READING)
        seat.cells += run.cells
        return True

    def _move(self, places: Sequence[int], first_place: int, seat: Slot, target: int) -> None:
        """Have llama.cpp move cells of a reading to a seat."""
        llama = self.llama
        # Cells stand where they were read: the first of a reading where the tokens before it ended.
        first = llama.first_position(_READING) - first_place
        for start, end in stretches(places):
            llama.copy(_READING, _STRETCH, first + start, first + end)
            llama.forget(_READING, first + start, first + end)
            llama.shift(_STRETCH, first + start, first + end, target - first - start)
            target += end - start
            llama.copy(_STRETCH, seat.sequence, 0, target)
            llama.forget(_STRETCH)

    def _save(self, seat: Slot, start: int, end: int) -> bytes:
        llama = self.llama
        llama.copy(seat.sequence, _READING, start, end)
        try:
            return llama.save(_READING)
        finally:
            llama.forget(_READING)

    def _read_block(self, opening: Opening, block: BlockTokens) -> bytes | None:
        """Return the cells of a block that is read right after the opening."""
        cells = [*self._layout.opening_cells(opening), *block.tokens]
        begun = self._bring(opening, cells, cells[:-1], room=0)
        if isinstance(begun, _Damaged):
            return self._read_block(opening, block)
        if begun is None:
            return None
        try:
            self._read_run(begun.seat, begun.rest)
            return pack(self._save(begun.seat, len(opening.tokens), len(cells)))
        finally:
            self._leave(begun.seat)


def _checked_rotary(llama: LlamaContext) -> Rope | None:
    """Return how the model's keys are turned, if they come out as where llama.cpp moves them."""
    rotary = llama.rotary()
    if rotary is None:
        return None
    try:
        llama.decode([Entry(token=0, position=0, sequence=_READING)])
        packed = pack(llama.save(_READING))
        ours = rows_of(unpack(packed, [0], rotary, _FAR).state)
        if ours is None or not llama.restore(_STRETCH, unpack(packed, [0]).state):
            return None
        llama.shift(_STRETCH, 0, 1, _FAR)
        llama.decode([Entry(token=0, position=1, sequence=_READING)])  # moves what was to be moved
        theirs = rows_of(llama.save(_STRETCH))
    finally:
        llama.forget(_READING)
        llama.forget(_STRETCH)
    alike = theirs is not None and np.allclose(ours, theirs, rtol=0.01, atol=0.01)
    return rotary if alike else None


def _followers(layout: Layout) -> tuple[int | None, ...]:
    """Return what comes after each token behind the last block, None where it does not count.

    That what the user says ends where it ends counts as well.
    """
    after = [*map(token_of, layout.cells[layout.behind + 1 :]), None]
    count = min(layout.end - layout.behind, _LIKELIHOOD_TOKENS)
    return (*after[:count], *[None] * (len(after) - count))


def _by_sequence(entries: Sequence[Entry], log_probabilities: Sequence[float]) -> dict[int, float]:
    """Return the sum of the log-probabilities of each sequence's followers."""
    scored = (entry for entry in entries if entry.follower is not None)
    sums: dict[int, float] = {}
    for entry, log_probability in zip(scored, log_probabilities, strict=True):
        sums[entry.sequence] = sums.get(entry.sequence, 0.0) + log_probability
    return sums
