"""A number put into the words of another sentence, which gives another number for them.

"80% reported a partner at least once", told with the 52% that another sentence gives for the start.
"""

from collections.abc import Sequence

from assistant.answering.grounding.numbers import missing_numbers
from assistant.text.quantities import find_quantities
from assistant.text.quantities.units import BARE
from assistant.text.words import content_stems

# How much of what a sentence says the other one says, and by how much more than those with the
# number; of 460 stored sentences with a number it holds for the one of which it is true.
_SAYS_IT = 0.8
_SAYS_MORE = 0.3
# Fewer words than these may stand in any sentence.
_WORDS = 4


def misplaces(text: str, cited: Sequence[str], other: str) -> bool:
    """Tell whether a sentence says what another one says, but with a number of those it cites.

    Only numbers that measure the same, in a unit that is written, are taken for one another.

    Args:
        text: the sentence.
        cited: the sentences that it is cited to, each with the title of its paper.
        other: another sentence of the same abstract.
    """
    own = [number.written for number in find_quantities(text) if number.explicit]
    words = content_stems(text) - content_stems(" ".join(own))
    if len(words) < _WORDS or not _measures(text, other) & _measures(other, text):
        return False

    def share(sentence: str) -> float:
        return len(words & content_stems(sentence)) / len(words)

    most = max(map(share, cited), default=0.0)
    return share(other) >= _SAYS_IT and share(other) - most >= _SAYS_MORE


def _measures(text: str, other: str) -> frozenset[str]:
    """Return what the numbers of a text that another one lacks measure, if that is written."""
    lacking = missing_numbers(text, [other])
    return frozenset(
        measure
        for number in find_quantities(text)
        if number.explicit and number.written in lacking
        for measure in number.dimensions - {BARE}
    )
