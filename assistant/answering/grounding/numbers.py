"""Numbers of an answer that no source has: the same value counts however it is written."""

from collections.abc import Iterable

from assistant.text.quantities import numbers


def missing_numbers(text: str, sources: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of a text that none of the sources has, as they are written."""
    known = [number for source in sources for number in numbers(source)]
    missing = [
        number.written
        for number in numbers(text)
        if number.claimed and not any(number.agrees(other) for other in known)
    ]
    return tuple(dict.fromkeys(missing))
