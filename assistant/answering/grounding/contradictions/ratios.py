"""Ratios: what a factor or a percentage is of, so that 4.7x less traffic is not 4.7x the speed.

Only what is sure is a contradiction: the sentence says of what its ratio is, the evidence says of
what the same ratio is, and the two have nothing in common. "Cost" may be of anything.
"""

import re

from assistant.text.quantities import find_quantities
from assistant.text.quantities.quantity import Quantity
from assistant.text.quantities.units import PERCENT, TIMES

# What a ratio may be of, and the beginnings of the words that say so.
_QUANTITIES = {
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
_SAYS = {
    quantity: re.compile(rf"\b(?:{beginnings})", re.IGNORECASE)
    for quantity, beginnings in _QUANTITIES.items()
}
_ANYTHING = re.compile(
    r"\b(?:cost|cheap|expens|effort|efficien|comput|flop|resourc|budget|energy|sav)", re.IGNORECASE
)
_PART_END = re.compile(r"[.;,:]\s|\s(?:and|but|while|whereas|which|versus)\s")


def mistakes_ratio(text: str, evidence: str, abstract: str) -> bool:
    """Tell whether a sentence says of one quantity what its evidence says of another.

    Args:
        text: the sentence.
        evidence: the sentence of an abstract that supports it best.
        abstract: the whole abstract; a ratio that it has of the quantity anywhere is right.
    """
    shown = _ratios(evidence)
    everywhere = _ratios(abstract)
    for ratio, mine in _ratios(text):
        its = [of for other, of in shown if ratio.matches(other)]
        if not mine or not its or not all(its):
            continue
        if not any(mine & of for other, of in (*shown, *everywhere) if ratio.matches(other)):
            return True
    return False


def shares_quantity(text: str, evidence: str) -> bool:
    """Tell whether a sentence and an evidence both have ratios of one quantity."""
    return any(mine & its for _, mine in _ratios(text) for _, its in _ratios(evidence))


def _ratios(text: str) -> list[tuple[Quantity, frozenset[str]]]:
    """Return the ratios of a text, each with what it may be of; nothing if that is not said."""
    found = []
    for part in _PART_END.split(text):
        of = frozenset(quantity for quantity, says in _SAYS.items() if says.search(part))
        if _ANYTHING.search(part):
            of = frozenset()
        found += [
            (number, of)
            for number in find_quantities(part)
            if number.explicit and number.dimensions & {TIMES, PERCENT}
        ]
    return found
