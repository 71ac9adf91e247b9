"""Replacing characters that XML cannot contain."""

import re

# Characters that XML 1.0 excludes, even as references.
_EXCLUDED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """Return a text with characters that XML cannot contain replaced. Markup is not escaped."""
    return _EXCLUDED.sub("\N{REPLACEMENT CHARACTER}", text)
