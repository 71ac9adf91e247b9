"""What a sentence says that can be looked up: numbers, names, quotations, directions, pairings."""

from assistant.answering.facts.directions import opposes
from assistant.answering.facts.misplaced import misplaces
from assistant.answering.facts.names import missing_names, spelt_out
from assistant.answering.facts.pairings import swaps
from assistant.answering.facts.quotations import missing_quotations
from assistant.answering.facts.ratios import mistakes_ratio, shares_quantity

__all__ = [
    "misplaces",
    "missing_names",
    "missing_quotations",
    "mistakes_ratio",
    "opposes",
    "shares_quantity",
    "spelt_out",
    "swaps",
]
