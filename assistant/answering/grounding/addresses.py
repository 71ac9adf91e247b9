"""Checks that the web and e-mail addresses in a sentence occur in its evidence."""

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

    An abstract may instruct the model to write a link that misleads the reader (prompt injection).
    The sources should therefore be the question and the cited sentences, not whole abstracts.
    """
    known = [source.casefold() for source in sources]
    addresses = (match.group().rstrip(_END) for match in _ADDRESS.finditer(text))
    return tuple(
        address
        for address in dict.fromkeys(addresses)
        if not any(address.casefold() in source for source in known)
    )
