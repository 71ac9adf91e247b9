"""Rules that find contradictions between a sentence and its cited evidence.

The rules favour precision over recall, since a false positive replaces a correct sentence.

Design notes: docs/design/grounding-checks.md
"""

from collections.abc import Callable, Collection, Mapping

from assistant.answering.grounding.contradictions.directions import states_opposite_direction
from assistant.answering.grounding.contradictions.negations import negates
from assistant.answering.grounding.contradictions.pairings import swaps_numbers
from assistant.answering.grounding.contradictions.ratios import has_wrong_ratio

RULES: Mapping[str, Callable[[str, str, str], bool]] = {
    "directions": states_opposite_direction,
    "negations": negates,
    "swapped_numbers": swaps_numbers,
    "ratios": has_wrong_ratio,
}
"""The rules by check name. Each takes a sentence, the abstract sentence that it cites, and the
whole abstract."""


def contradicts(text: str, evidence: str, abstract: str, checks: Collection[str]) -> bool:
    """Return whether a sentence contradicts a sentence of an abstract by any enabled rule."""
    return any(rule(text, evidence, abstract) for name, rule in RULES.items() if name in checks)
