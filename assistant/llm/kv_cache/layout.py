"""From a prompt to the cells that it should have in the context."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from assistant.llm.chat_template import BlockPlace, chat_of
from assistant.llm.kv_cache.cells import Cell, RecalledCell
from assistant.llm.kv_cache.disk_cache import KVDiskCache
from assistant.llm.llama import LlamaContext
from assistant.llm.prompts import Block, Prompt

_BLOCKS_REMEMBERED = 64


@dataclass(frozen=True, slots=True)
class Opening:
    """What comes before the first block of a prompt: the same for all questions of a purpose."""

    tokens: tuple[int, ...]
    key: str | None
    """Of its reading; None if it has none: there is no reading cache, or no block to come."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A prompt as cells.

    Attributes:
        opening: what it begins with.
        cells: all of them: recalled if they were read, or not.
        behind: the place of the first that stands behind the last block.
        end: the place behind the last of what the user says.
    """

    opening: Opening
    cells: list[Cell]
    behind: int
    end: int


@dataclass(frozen=True, slots=True)
class BlockTokens:
    """A block's tokens, whole, with the empty line that may end it, and its reading's key."""

    tokens: tuple[int, ...]
    key: str


class PromptCells:
    """Lays out prompts for one model, and knows what of them was read before."""

    def __init__(self, llama: LlamaContext, readings: KVDiskCache | None) -> None:
        self._llama = llama
        self._readings = readings
        # The prompts of one question show the same blocks.
        self._pieces = lru_cache(maxsize=_BLOCKS_REMEMBERED)(self._tokenized)

    def lay_out(self, prompt: Prompt) -> Layout:
        """Return the cells of a prompt."""
        opening, parts, ending = self._parts(prompt)
        cells = self.opening_cells(opening)
        behind = 0
        for part in parts:
            if isinstance(part, BlockPlace):
                cells += self._shown_cells(opening, prompt.blocks[part.number], part.empty_line)
                behind = len(cells)
            else:
                cells += part
        return Layout(opening, cells, behind, len(cells) - ending)

    def opening_cells(self, opening: Opening) -> list[Cell]:
        """Return the cells of an opening."""
        return self._cells(opening.key, opening.tokens, range(len(opening.tokens)))

    def whole_blocks(self, prompt: Prompt) -> tuple[Opening, list[BlockTokens]]:
        """Return the opening of a prompt and its blocks, shown or not."""
        opening, *_ = self._parts(prompt)
        blocks = []
        for block in prompt.blocks:
            tokens = tuple(chain.from_iterable(self._pieces(block)))
            blocks.append(BlockTokens(tokens, self._key(opening.tokens, tokens)))
        return opening, blocks

    def _parts(self, prompt: Prompt) -> tuple[Opening, list[list[int] | BlockPlace], int]:
        """Return the opening of a prompt, the parts after it, and how long its ending is.

        The ending is what stands behind the last of what the user says.
        """
        llama = self._llama
        chat = chat_of(
            prompt.messages,
            llama.chat_template(),
            llama.tokenize,
            bos=llama.token_text(llama.bos),
            eos=llama.token_text(llama.eos),
        )
        begun = llama.tokenize(prompt.begun, False) if prompt.begun else []
        parts, ending = [*chat.parts, begun], chat.ending + len(begun)
        before: list[int] = []
        while parts and not isinstance(parts[0], BlockPlace):
            before += parts[0]
            parts = parts[1:]
        if llama.starts_with_bos and before[:1] != [llama.bos]:
            before.insert(0, llama.bos)
        if not parts:  # no blocks: all of it is this question's own
            return Opening((), None), [before], ending
        key = None if self._readings is None else self._key((), before)
        return Opening(tuple(before), key), parts, ending

    def _tokenized(self, block: Block) -> list[list[int]]:
        """Return the tokens of a block's pieces; each piece is tokenized on its own.

        The last is the empty line between blocks. If it were read at the question, each gap between
        two recalled blocks would cost a computation of its own.
        """
        return [self._llama.tokenize(piece, False) for piece in (*block.pieces(), "\n")]

    def _shown_cells(self, opening: Opening, block: Block, empty_line: bool) -> list[Cell]:
        pieces = self._pieces(block)
        shown = [*block.shown_pieces(), len(pieces) - 1] if empty_line else block.shown_pieces()
        tokens = list(chain.from_iterable(pieces))
        ends = list(accumulate(map(len, pieces)))
        places = chain.from_iterable(range(ends[i] - len(pieces[i]), ends[i]) for i in shown)
        key = None if self._readings is None else self._key(opening.tokens, tokens)
        return self._cells(key, tokens, places)

    def _cells(self, key: str | None, tokens: Sequence[int], places: Iterable[int]) -> list[Cell]:
        if key is not None and self._readings is not None and key in self._readings:
            return [RecalledCell(key, place, tokens[place]) for place in places]
        return [tokens[place] for place in places]

    def _key(self, before: Sequence[int], tokens: Sequence[int]) -> str:
        assert self._readings is not None
        return self._readings.key(before, tokens)
