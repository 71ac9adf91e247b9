"""Content words and stems, for lexical search and for comparing texts."""

import functools
import re
from collections.abc import Iterable
from itertools import chain

from assistant.text.scripts import has_unspaced, units

_WORD = re.compile(r"\w+(?:[.'+-]\w+)*")

# Function words, and words common in questions about papers.
_STOP_WORDS = frozenset(
    """
    a about above after again against all also although am among an and any anyone anything are
    around as at be because been before being below between both but by can cannot could did do does
    doing done down during each either else ever every few for from further get gets give given
    gives got had has have having he help her here hers him his how however i if in instead into is
    it its itself just kind let like made make makes making many may me might mine more most much
    must my neither no nor not of off on once one ones only onto or other others our ours out over
    own per perhaps please quite rather said same say says shall she should since so some something
    still such than that the their theirs them then there these they thing this those though through
    thus to together too toward towards under until up upon us use used uses using very via was way
    we well were what when where whether which while who whole whom whose why will with within
    without would yet you your yours
    abstract abstracts answer author authors describe described explain list mention mentioned
    paper papers report reported reports study tell
    """.split()
)


_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "er", "ed", "es", "ly", "s", "e")


def content_words(text: str) -> list[str]:
    """Return the distinct content words of a text in lower case, in order.

    For a script without spaces, these are the character bigrams.
    """
    words: Iterable[str] = map(str.lower, _WORD.findall(text))
    if has_unspaced(text):
        words = chain.from_iterable(map(units, words))
    return [word for word in dict.fromkeys(words) if word not in _STOP_WORDS]


@functools.lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return a crude stem: the word without its plural or another common ending.

    It is only for comparing words with each other. The full-text index has its own stemmer
    (Porter).
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the content words of a text."""
    return frozenset(map(stem, content_words(text)))
