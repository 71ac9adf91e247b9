"""Scripts that are written without spaces between words, such as Chinese, Japanese and Thai."""

import re
import unicodedata
from collections.abc import Iterator

from assistant.text.folding import LETTERS

# Thai, Lao, Tibetan, Myanmar, Khmer, and the characters of Chinese and Japanese.
_UNSPACED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_CHARACTER = re.compile(f"[{_UNSPACED}]")
_RUN = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")


def has_unspaced(text: str) -> bool:
    """Return whether a text contains characters of a script without spaces."""
    return not text.isascii() and _CHARACTER.search(text) is not None


def units(word: str) -> Iterator[str]:
    """Yield the units in which a word is searched for.

    In a script without spaces, these are the character bigrams, since words cannot be segmented
    without a dictionary. (A trigram index would miss words of two characters.) The rest of the word
    is one unit.
    """
    if not has_unspaced(word):
        yield word
        return
    for run in _RUN.findall(word):
        if _CHARACTER.match(run) and len(run) > 1:
            yield from (run[at : at + 2] for at in range(len(run) - 1))
        else:
            yield run


def search_text(text: str) -> str:
    """Return a text normalised for search, with words separated by spaces.

    Characters of scripts without spaces are separated, so that any part of a text can be found as a
    phrase. Ligatures, superscripts and full-width letters become plain ones, and letters that
    Unicode does not decompose lose their stroke: ``CO2``, ``Moller``. The index handles accents.
    """
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text).translate(LETTERS)
    return " ".join(_CHARACTER.sub(r" \g<0> ", plain).split())
