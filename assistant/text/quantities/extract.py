"""The numbers of a text: the same value counts however it is written, another unit or sign not."""

from functools import lru_cache

from assistant.text.quantities.digits import in_digits, in_names
from assistant.text.quantities.number_words import in_fractions, in_words
from assistant.text.quantities.quantity import Number


@lru_cache(maxsize=512)
def numbers(text: str) -> tuple[Number, ...]:
    """Return the numbers of a text in their order.

    ``160,000``, ``160k`` and ``160 thousand`` are the same, ``eight-fold`` is ``8x``, ``half`` is
    ``50 %``, ``1e-4`` is ``10^-4`` and ``1.5 hours`` are ``90 minutes``. Digits inside a name
    (``GPT-4``) claim nothing.
    """
    fractions = list(in_fractions(text))
    inside = {i for one in fractions for i in range(one.start, one.start + len(one.written))}
    whole = (*in_digits(text), *in_words(text), *in_names(text))
    found = [*fractions, *(number for number in whole if number.start not in inside)]
    return tuple(sorted(found, key=lambda number: number.start))
