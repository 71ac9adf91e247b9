"""Rules that find contradictions between a sentence and the evidence it is cited to.

The rules favour precision over recall, since a false alarm replaces a correct sentence.

Design notes: docs/design/grounding-checks.md
"""

from assistant.answering.grounding.contradictions.directions import states_opposite_direction
from assistant.answering.grounding.contradictions.negations import negates
from assistant.answering.grounding.contradictions.pairings import swaps_numbers
from assistant.answering.grounding.contradictions.ratios import has_wrong_ratio

_RULES = (states_opposite_direction, negates, swaps_numbers, has_wrong_ratio)


def contradicts(text: str, evidence: str, abstract: str) -> bool:
    """Return whether a sentence contradicts its evidence by any rule.

    Args:
        text: the sentence.
        evidence: the sentence of the abstract that it is cited to.
        abstract: the whole abstract.
    """
    return any(rule(text, evidence, abstract) for rule in _RULES)
