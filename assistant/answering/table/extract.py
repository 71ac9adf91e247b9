"""Extracts a table from papers: the model generates one row per paper.

A grammar constrains the output to a JSON object with a string for each column. A cell is kept only
if its numbers, its names and most of its words occur in the abstract. Each cell is stored with the
sentence that supports it best.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding.addresses import missing_addresses
from assistant.answering.grounding.names import missing_names
from assistant.answering.grounding.numbers import missing_numbers
from assistant.answering.prompt_blocks import whole_block
from assistant.errors import InputError
from assistant.llm import Backend, Completion, JsonObject, render_prompt
from assistant.papers import Paper
from assistant.text.instructions import spans_without_instructions, text_without_instructions
from assistant.text.quantities import find_quantities
from assistant.text.sentences import Span
from assistant.text.words import content_stems

_MAX_CELL_CHARACTERS = 160
_TOKENS_PER_CELL = 60
_MAX_COLUMNS = 8
# Minimum share of a cell's words that occur in the abstract. The rest may be linking words.
_MIN_WORD_SHARE = 0.6
# The number of rows generated in one batch.
_BATCH_SIZE = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says about a paper in one column.

    Attributes:
        text: the cell's text; empty if the abstract does not support any.
        span: that of the supporting sentence in the abstract; None if the cell is empty.
    """

    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of a table, with a cell for each column."""

    paper: Paper
    cells: tuple[Cell, ...]

    def quote(self, column: int) -> str:
        """Return the sentence that supports the cell of a column; empty if the cell is empty."""
        span = self.cells[column].span
        return span.of(self.paper.abstract) if span else ""


def parse_columns(text: str) -> tuple[str, ...]:
    """Parse comma-separated column names.

    Raises:
        InputError: there are none, there are too many, or two are the same.
    """
    columns = tuple(" ".join(column.split()) for column in text.split(",") if column.strip())
    if not columns:
        raise InputError('Name the columns, as in "method, task, datasets".')
    if len(columns) > _MAX_COLUMNS:
        raise InputError(f"A table has at most {_MAX_COLUMNS} columns. Name fewer.")
    if len({column.casefold() for column in columns}) < len(columns):
        raise InputError("Two columns have the same name. Name each column once.")
    return columns


def extract_rows(
    engine: Backend, papers: Sequence[Paper], columns: Sequence[str], prompts: str = ""
) -> Iterator[Row]:
    """Yield a row for each paper, in order.

    Args:
        engine: runs the model.
        papers: the papers.
        columns: the column names.
        prompts: a folder of templates that override the shipped ones; empty for none.
    """
    shape = JsonObject(columns, _MAX_CELL_CHARACTERS)
    max_tokens = _TOKENS_PER_CELL * len(columns)

    def generate(paper: Paper) -> Completion:
        prompt = render_prompt("row", [whole_block(paper)], prompts, columns=columns)
        return engine.generate_object(prompt, shape, max_tokens=max_tokens)

    for start in range(0, len(papers), _BATCH_SIZE):
        batch = papers[start : start + _BATCH_SIZE]
        completions = [generate(paper) for paper in batch]
        for paper, completion in zip(batch, completions, strict=True):
            yield parse_row(paper, columns, "".join(completion))


def parse_row(paper: Paper, columns: Sequence[str], output: str) -> Row:
    """Parse the model's output into a row; cells that the abstract does not support are empty.

    Args:
        paper: the paper of the row.
        columns: the column names.
        output: a JSON object. If it is truncated, the complete values are used.
    """
    values = _parse_values(output)
    return Row(paper, tuple(ground_cell(values.get(column, ""), paper) for column in columns))


def ground_cell(text: str, paper: Paper) -> Cell:
    """Return a cell with its supporting sentence; an empty cell if the text is not supported."""
    text = " ".join(text.split())
    words = content_stems(text)
    abstract = text_without_instructions(paper.abstract)
    sources = [abstract]
    spans = spans_without_instructions(paper.abstract)
    if not words or not spans or missing_numbers(text, sources) or missing_names(text, sources):
        return Cell()
    if len(words & content_stems(abstract)) < _MIN_WORD_SHARE * len(words):
        return Cell()
    numbers = [number for number in find_quantities(text) if number.explicit]

    def support(span: Span) -> tuple[int, int]:
        sentence = span.of(paper.abstract)
        known = find_quantities(sentence)
        found = sum(any(number.matches(other) for other in known) for number in numbers)
        return found, len(words & content_stems(sentence))

    best = max(spans, key=support)
    return Cell() if missing_addresses(text, [best.of(paper.abstract)]) else Cell(text, best)


def _parse_values(output: str) -> dict[str, str]:
    """Return the strings of a JSON object; if it is truncated, the complete ones."""
    # The grammar allows no quotation marks inside a value.
    complete, _, _ = output.rpartition('", "')
    for candidate in (output, f'{complete}"}}'):
        try:
            values = json.loads(candidate)
        except ValueError:
            continue
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if isinstance(value, str)}
    return {}
