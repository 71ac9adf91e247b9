"""Checks that the addresses in a sentence are those of its evidence."""

import re
from collections.abc import Sequence

# Web addresses, with or without a scheme, and e-mail addresses.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"”»)\]]+|\bwww\.[^\s<>\"”»)\]]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/[^\s<>\"”»)\]]*",
    re.IGNORECASE,
)
_END = ".,;:!?'’*_`"


def missing_addresses(text: str, sources: Sequence[str]) -> tuple[str, ...]:
    """Return the web and e-mail addresses in a text that no source has.

    A link that an abstract tells the model to write leads a reader astray, so a sentence keeps an
    address only if the very sentence that it cites has it.
    """
    known = [source.casefold() for source in sources]
    addresses = (match.group().rstrip(_END) for match in _ADDRESS.finditer(text))
    return tuple(
        address
        for address in dict.fromkeys(addresses)
        if not any(address.casefold() in source for source in known)
    )
