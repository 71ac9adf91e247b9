"""Makes one typing error in a question, as fingers make them."""

import random
from collections.abc import Mapping

from assistant.library import Library
from assistant.retrieval.spelling import words_of

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Each row of a keyboard is half a key to the right of the one above.
_PLACES = {
    key: (row, place + row / 2) for row, keys in enumerate(_ROWS) for place, key in enumerate(keys)
}
_NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    key: tuple(
        other
        for other, (other_row, other_place) in _PLACES.items()
        if other != key and abs(row - other_row) <= 1 and abs(place - other_place) <= 1
    )
    for key, (row, place) in _PLACES.items()
}


def mistyped(word: str, chance: random.Random) -> str:
    """Return a word with one typing error in its letters.

    A letter is missing, a letter is doubled or a neighbouring key is hit as well, a neighbouring
    key is hit instead, or two letters are swapped.

    Args:
        word: in lower case, with at least two different letters of the English alphabet beside each
            other.
        chance: the source of randomness.
    """
    while True:
        place = chance.randrange(len(word))
        letter, before, after = word[place], word[:place], word[place + 1 :]
        if letter not in _NEIGHBOURS:
            continue
        match chance.choice(("missing", "more", "instead", "swapped")):
            case "missing":
                return before + after
            case "more":
                return before + chance.choice((letter, *_NEIGHBOURS[letter])) + letter + after
            case "instead":
                return before + chance.choice(_NEIGHBOURS[letter]) + after
            case _ if after[:1] in _NEIGHBOURS and after[0] != letter:
                return before + after[0] + letter + after[1:]


def rarest_word(library: Library, text: str) -> str | None:
    """Return the word of a text that the fewest papers have, at least one; None if there is none.

    It is most often a name. Of words in as many papers, it is the longest.
    """
    words = [one for one in words_of(text) if any(key in _NEIGHBOURS for key in one)]
    counts = library.catalogue.vocabulary.counts(words)
    return min(counts, key=lambda word: (counts[word], -len(word)), default=None)
