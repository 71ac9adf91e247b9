"""Tokens of questions and records, folded so that spelling variants of a name are equal."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.text.name_matching import strip_accents

NUMBERS = {
    word: number
    for number, word in enumerate("two three four five six seven eight nine ten".split(), start=2)
}
"""Numbers written as words. "One" is left out: it is a pronoun, too."""

_MAX_DIGITS = 2
_TOKEN = re.compile(r"[^\W_]+")
# Letters that Unicode does not decompose into a letter and an accent.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "đ": "d", "ı": "i"}
)
# "Mueller" is "Müller", and "Kjaergaard" is "Kjærgård".
_DIGRAPH = re.compile(r"([aou])e|aa")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a text.

    Attributes:
        text: as written.
        start: its offset in the text, in characters.
        key: the folded text (see `fold`).
    """

    text: str
    start: int
    key: str

    @property
    def end(self) -> int:
        """The offset of the first character after it."""
        return self.start + len(self.text)

    @property
    def is_number(self) -> bool:
        """Whether it is a number of at most two digits, or the word for one."""
        return self.key in NUMBERS or (self.text.isdigit() and len(self.text) <= _MAX_DIGITS)

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()


def fold(text: str) -> str:
    """Return a text in lower case without accents, with digraphs such as "ue" reduced to "u"."""
    plain = strip_accents(text.casefold().translate(_LETTERS))
    return _DIGRAPH.sub(lambda match: match[1] or "a", plain)


def tokens_of(text: str) -> list[Token]:
    """Return the runs of letters and digits in a text; "O'Connell" has two."""
    return [Token(match[0], match.start(), fold(match[0])) for match in _TOKEN.finditer(text)]


def keys_of(text: str) -> tuple[str, ...]:
    """Return the folded tokens of a text."""
    return tuple(token.key for token in tokens_of(text))


def runs_of(keys: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    """Yield each run of consecutive keys."""
    for start in range(len(keys)):
        for end in range(start + 1, len(keys) + 1):
            yield keys[start:end]
