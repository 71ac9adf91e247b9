"""A table of papers: the model fills one row a paper, and each cell is checked and quoted.

The model's grammar leaves it no way but a JSON object with a text for each column. What it writes
there stays only if the abstract has its numbers, its names and most of its words.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.grounding.names import missing_names
from assistant.answering.grounding.numbers import missing_numbers
from assistant.answering.prompt_blocks import whole_block
from assistant.errors import InputError
from assistant.llm import Completion, Engine, json_object_grammar, render_prompt
from assistant.papers import Paper
from assistant.text.quantities import find_quantities
from assistant.text.sentences import Span, sentence_spans
from assistant.text.words import content_stems

_LONGEST_CELL = 160
_TOKENS_A_CELL = 60
_MOST_COLUMNS = 8
# Of a cell's words so many must stand in the abstract: the rest may link them.
_WORDS_HELD = 0.6
# Rows that are written side by side.
_AT_A_TIME = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table says of a paper in one column.

    Attributes:
        text: empty if the abstract does not say it.
        span: of the sentence of the abstract that says it; None if the cell is empty.
    """

    text: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One paper of a table, a cell a column."""

    paper: Paper
    cells: tuple[Cell, ...]

    def quote(self, place: int) -> str:
        """Return the sentence that a cell stands on; empty if the cell is."""
        span = self.cells[place].span
        return span.of(self.paper.abstract) if span else ""


def parse_columns(text: str) -> tuple[str, ...]:
    """Return the columns that a text lists, separated by commas.

    Raises:
        InputError: there are none, too many, or one comes twice.
    """
    columns = tuple(" ".join(column.split()) for column in text.split(",") if column.strip())
    if not columns:
        raise InputError('Name the columns, as in "method, task, datasets".')
    if len(columns) > _MOST_COLUMNS:
        raise InputError(f"A table has at most {_MOST_COLUMNS} columns; name fewer.")
    if len({column.casefold() for column in columns}) < len(columns):
        raise InputError("A column comes twice. Name each once.")
    return columns


def fill_rows(
    engine: Engine, papers: Sequence[Paper], columns: Sequence[str], prompts: str = ""
) -> Iterator[Row]:
    """Yield a row a paper, in order; some are written side by side.

    Args:
        engine: the model.
        papers: one a row.
        columns: what to say of each.
        prompts: a folder of templates that take the place of the shipped ones; empty for none.
    """
    grammar = json_object_grammar(columns, _LONGEST_CELL)
    limit = _TOKENS_A_CELL * len(columns)

    def write(paper: Paper) -> Completion:
        prompt = render_prompt("row", [whole_block(paper)], prompts, columns=columns)
        return engine.generate(prompt, max_tokens=limit, grammar=grammar)

    for start in range(0, len(papers), _AT_A_TIME):
        batch = papers[start : start + _AT_A_TIME]
        written = [write(paper) for paper in batch]
        for paper, completion in zip(batch, written, strict=True):
            yield checked_row(paper, columns, "".join(completion))


def checked_row(paper: Paper, columns: Sequence[str], written: str) -> Row:
    """Return a row of what the model wrote of a paper, without what the abstract does not hold.

    Args:
        paper: the paper.
        columns: of the table.
        written: a JSON object; if it was cut, what is whole of it counts.
    """
    values = _values(written)
    return Row(paper, tuple(checked_cell(values.get(column, ""), paper) for column in columns))


def checked_cell(text: str, paper: Paper) -> Cell:
    """Return a cell with the sentence it stands on; empty if the abstract does not hold it."""
    text = " ".join(text.split())
    words = content_stems(text)
    source = [paper.abstract]
    spans = sentence_spans(paper.abstract)
    if not words or not spans or missing_numbers(text, source) or missing_names(text, source):
        return Cell()
    if len(words & content_stems(paper.abstract)) < _WORDS_HELD * len(words):
        return Cell()
    wanted = [number for number in find_quantities(text) if number.explicit]

    def holds(span: Span) -> tuple[int, int]:
        sentence = span.of(paper.abstract)
        own = find_quantities(sentence)
        held = sum(any(number.matches(other) for other in own) for number in wanted)
        return held, len(words & content_stems(sentence))

    return Cell(text, max(spans, key=holds))


def _values(written: str) -> dict[str, str]:
    """Return the texts of a JSON object, of a cut one those that are whole."""
    # No value has a quotation mark in it: the grammar that rows are written by does not let it.
    whole, _, _ = written.rpartition('", "')
    for end in (written, f'{whole}"}}'):
        try:
            values = json.loads(end)
        except ValueError:
            continue
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if isinstance(value, str)}
    return {}
