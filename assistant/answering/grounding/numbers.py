"""Checks the numbers in a sentence against the abstracts, regardless of notation."""

from collections.abc import Iterable

from assistant.text.quantities import find_quantities


def missing_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers in a text that occur in no source, as written in the text."""
    known = [number for source in sources for number in find_quantities(source)]
    missing = [
        number.written
        for number in find_quantities(text)
        if number.explicit and not any(number.matches(other) for other in known)
    ]
    return tuple(dict.fromkeys(missing))
