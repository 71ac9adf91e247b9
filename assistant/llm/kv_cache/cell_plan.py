"""Plans the cells of a prompt: tokenizes it and looks up its blocks in the reading cache."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain

from assistant.llm.chat_template import BlockPlaceholder, apply_chat_template
from assistant.llm.kv_cache.cells import Cell, RestoredCell
from assistant.llm.kv_cache.reading_cache import ReadingCache
from assistant.llm.llama import LlamaModel
from assistant.llm.prompts import Block, Prompt

_TOKENIZED_BLOCKS = 64


@dataclass(frozen=True, slots=True)
class PromptPrefix:
    """The part of a prompt before its first block. It is the same for all prompts of a template.

    Attributes:
        tokens: the tokens; none if the prompt has no blocks.
        key: its key in the reading cache; None if there is no cache or the prompt has no blocks.
    """

    tokens: tuple[int, ...]
    key: str | None


@dataclass(frozen=True, slots=True)
class CellPlan:
    """The cells that a prompt should have in the KV cache.

    Attributes:
        prefix: the part before the first block.
        cells: all cells, including the prefix.
        blocks_end: index of the cell after the last block.
        question_end: index after the last cell of the user's message.
    """

    prefix: PromptPrefix
    cells: list[Cell]
    blocks_end: int
    question_end: int


@dataclass(frozen=True, slots=True)
class BlockTokens:
    """The tokens of a whole block, including the empty line after it.

    Attributes:
        tokens: the tokens.
        key: their key in the reading cache.
    """

    tokens: tuple[int, ...]
    key: str


class CellPlanner:
    """Plans the cells of prompts for one model and its reading cache."""

    def __init__(self, model: LlamaModel, reading_cache: ReadingCache | None) -> None:
        self._model = model
        self._reading_cache = reading_cache
        # Several prompts for one question contain the same blocks.
        self._tokenize_block = lru_cache(maxsize=_TOKENIZED_BLOCKS)(self._tokenized)

    def plan(self, prompt: Prompt) -> CellPlan:
        """Return the cells of a prompt."""
        prefix, parts, suffix_length = self._split(prompt)
        cells = self.prefix_cells(prefix)
        blocks_end = 0
        for part in parts:
            if isinstance(part, BlockPlaceholder):
                cells += self._shown_cells(prefix, prompt.blocks[part.index], part.empty_line)
                blocks_end = len(cells)
            else:
                cells += part
        return CellPlan(prefix, cells, blocks_end, len(cells) - suffix_length)

    def prefix_cells(self, prefix: PromptPrefix) -> list[Cell]:
        """Return the cells of a prefix."""
        return self._cells(prefix.key, prefix.tokens, range(len(prefix.tokens)))

    def whole_blocks(self, prompt: Prompt) -> tuple[PromptPrefix, list[BlockTokens]]:
        """Return the prefix of a prompt, and its blocks with all their sentences."""
        prefix, *_ = self._split(prompt)
        blocks = []
        for block in prompt.blocks:
            tokens = tuple(chain.from_iterable(self._tokenize_block(block)))
            blocks.append(BlockTokens(tokens, self._key(prefix.tokens, tokens)))
        return prefix, blocks

    def _split(
        self, prompt: Prompt
    ) -> tuple[PromptPrefix, list[list[int] | BlockPlaceholder], int]:
        """Split a prompt into its prefix and the parts after it.

        Returns:
            The prefix, the parts, and the number of tokens after the user's message.
        """
        model = self._model
        chat = apply_chat_template(
            prompt.messages,
            model.chat_template(),
            model.tokenize,
            bos=model.token_text(model.bos),
            eos=model.token_text(model.eos),
        )
        answer_prefix = model.tokenize(prompt.answer_prefix, False) if prompt.answer_prefix else []
        parts, suffix_length = [*chat.parts, answer_prefix], chat.suffix_length + len(answer_prefix)
        prefix: list[int] = []
        while parts and not isinstance(parts[0], BlockPlaceholder):
            prefix += parts[0]
            parts = parts[1:]
        if model.adds_bos and prefix[:1] != [model.bos]:
            prefix.insert(0, model.bos)
        if not parts:  # no blocks: nothing is shared with other questions
            return PromptPrefix((), None), [prefix], suffix_length
        key = None if self._reading_cache is None else self._key((), prefix)
        return PromptPrefix(tuple(prefix), key), parts, suffix_length

    def _tokenized(self, block: Block) -> list[list[int]]:
        """Return the tokens of a block's pieces; each piece is tokenized separately.

        The last piece is the empty line between blocks. It is cached with the block: decoding it
        with the question would take one decode for each gap between restored blocks.
        """
        return [self._model.tokenize(piece, False) for piece in (*block.pieces(), "\n")]

    def _shown_cells(self, prefix: PromptPrefix, block: Block, empty_line: bool) -> list[Cell]:
        pieces = self._tokenize_block(block)
        shown = [*block.shown_pieces(), len(pieces) - 1] if empty_line else block.shown_pieces()
        tokens = list(chain.from_iterable(pieces))
        ends = list(accumulate(map(len, pieces)))
        indices = chain.from_iterable(range(ends[i] - len(pieces[i]), ends[i]) for i in shown)
        key = None if self._reading_cache is None else self._key(prefix.tokens, tokens)
        return self._cells(key, tokens, indices)

    def _cells(self, key: str | None, tokens: Sequence[int], indices: Iterable[int]) -> list[Cell]:
        if key is not None and self._reading_cache is not None and key in self._reading_cache:
            return [RestoredCell(key, index, tokens[index]) for index in indices]
        return [tokens[index] for index in indices]

    def _key(self, prefix: Sequence[int], tokens: Sequence[int]) -> str:
        assert self._reading_cache is not None
        return self._reading_cache.key(prefix, tokens)
