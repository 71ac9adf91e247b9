"""Tables of papers: one row per paper, extracted by the model and checked."""

from assistant.answering.table.extract import Row
from assistant.answering.table.row_cache import cached_rows

__all__ = ["Row", "cached_rows"]
