"""Numbers of an answer that no source has: the same value counts however it is written."""

from collections.abc import Iterable

from assistant.text.quantities import find_quantities


def missing_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text that none of the sources has, as they are written."""
    known = [number for source in sources for number in find_quantities(source)]
    missing = [
        number.written
        for number in find_quantities(text)
        if number.explicit and not any(number.matches(other) for other in known)
    ]
    return tuple(dict.fromkeys(missing))
