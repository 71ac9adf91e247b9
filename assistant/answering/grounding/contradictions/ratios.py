"""Finds ratios of the wrong quantity: "4.7x faster" where the evidence says "4.7x less traffic".

A ratio counts as wrong only if both texts state its quantity and they share none. Words such as
"cost" may stand for any quantity.
"""

import re

from assistant.answering.grounding.contradictions.clauses import split_clauses
from assistant.text.quantities import find_quantities
from assistant.text.quantities.quantity import Quantity
from assistant.text.quantities.units import PERCENT, TIMES

# Quantities, and the prefixes of the words that indicate them.
_WORD_BEGINNINGS = {
    "time": (
        r"fast|slow|quick|soon|speed|accelerat|latenc|time\b|hour|minute|runtime|throughput|long"
    ),
    "memory": r"memor|storage|footprint|disk",
    "communication": r"communicat|traffic|bandwidth|transmi|network load",
    "size": r"parameter|size|smaller|larger|bigger|compress|shorter|longer|length|sequence",
    "data": r"data|sample|example|token|label|annotat",
    "quality": (
        r"accura|precis|recall|error|score|f1|bleu|rouge|perplex|performan|better|worse|improv"
        r"|robust|quality|gain|point"
    ),
}
_QUANTITIES = {
    quantity: re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)
    for quantity, beginnings in _WORD_BEGINNINGS.items()
}
_ANY_QUANTITY = re.compile(
    r"\b(?:cost|cheap|expens|effort|efficien|comput|flop|resourc|budget|energy|sav)", re.IGNORECASE
)


def has_wrong_ratio(text: str, evidence: str, abstract: str) -> bool:
    """Return whether a sentence applies a ratio from its evidence to another quantity.

    Args:
        text: the sentence.
        evidence: the abstract sentence that it cites.
        abstract: the whole abstract. A ratio is right if any clause states it for the quantity.
    """
    in_evidence = _ratios(evidence)
    known = [*in_evidence, *_ratios(abstract)]
    for ratio, claimed in _ratios(text):
        shown = [quantities for other, quantities in in_evidence if ratio.matches(other)]
        if not claimed or not shown or not all(shown):
            continue
        if not any(claimed & quantities for other, quantities in known if ratio.matches(other)):
            return True
    return False


def share_ratio_quantity(text: str, evidence: str) -> bool:
    """Return whether a sentence and an evidence sentence have ratios of the same quantity."""
    return any(claimed & shown for _, claimed in _ratios(text) for _, shown in _ratios(evidence))


def _ratios(text: str) -> list[tuple[Quantity, frozenset[str]]]:
    """Return the ratios of a text, each with its possible quantities; no quantities if unclear."""
    found = []
    for clause in split_clauses(text, extra_marks=".:", extra_words=("which", "versus")):
        quantities = frozenset(name for name, words in _QUANTITIES.items() if words.search(clause))
        if _ANY_QUANTITY.search(clause):
            quantities = frozenset()
        found += [
            (number, quantities)
            for number in find_quantities(clause)
            if number.explicit and number.dimensions & {TIMES, PERCENT}
        ]
    return found
