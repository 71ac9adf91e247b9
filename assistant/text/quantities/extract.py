"""Finding the quantities in a text."""

from functools import lru_cache

from assistant.text.quantities.digits import quantities_in_digits, quantities_in_names
from assistant.text.quantities.number_words import fractions, quantities_in_words
from assistant.text.quantities.quantity import Quantity


@lru_cache(maxsize=512)
def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities in a text, in order of their position.

    Quantities match across notations: ``160,000``, ``160k`` and ``160 thousand``; ``eight-fold``
    and ``8x``; ``half`` and ``50 %``; ``1e-4`` and ``10^-4``; ``1.5 hours`` and ``90 minutes``.
    Digits inside a name (``GPT-4``) are returned too, but are not explicit.
    """
    found = list(fractions(text))
    covered = {i for one in found for i in range(one.start, one.start + len(one.written))}
    others = (
        *quantities_in_digits(text),
        *quantities_in_words(text),
        *quantities_in_names(text),
    )
    found += (quantity for quantity in others if quantity.start not in covered)
    return tuple(sorted(found, key=lambda quantity: quantity.start))
