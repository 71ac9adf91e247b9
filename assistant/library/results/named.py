"""The data set and the method of a number, found among the names in its sentence."""

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from assistant.library.results.phrases import is_function_word, phrase_after, skip_determiners
from assistant.text.proper_names import TOKEN, find_names
from assistant.text.quantities import find_quantities
from assistant.text.quantities.units import BITS, COUNT
from assistant.text.titles import short_title

_ON = re.compile(r"(?:\A|\s)[Oo]n\b")
_NEXT_IN_LIST = re.compile(r"(?:,|,?\sand)\s")
_PLURAL_ACRONYM = re.compile(r"[A-Z]+s")  # LLMs, GPUs
_INDEFINITE = re.compile(r"\s(?:an?|one|each|every)\b")
# A time or a size is "on" a machine, not on a data set.
_OF_MACHINES = frozenset(("time", "bytes", "power", "energy in J", "frequency", BITS))

# A number in a name that is at least a million counts parameters: LLaMA-7B.
_MIN_PARAMETERS = 1e6


def data_set_of(text: str, end: int, next_start: int, dimension: str) -> str:
    """Return the data set that a number was measured on; empty if none is found.

    Data sets are named after "on": first between this number and the next one, otherwise the last
    one before it.

    Args:
        text: the sentence.
        end: the offset after the number and its unit.
        next_start: the offset of the next number, or the length of the text.
        dimension: the number's dimension.
    """
    if dimension in _OF_MACHINES:
        return ""
    named = [(match.start(), _named_after(text, match.end())) for match in _ON.finditer(text)]
    after = [name for start, name in named if name and end <= start < next_start]
    before = [name for start, name in named if name and start < end]
    return after[0] if after else before[-1] if before else ""


def _named_after(text: str, start: int) -> str:
    """Return the names after "on": "COCO test-dev", "CIFAR-10, CIFAR-100 and STL-10"."""
    if _INDEFINITE.match(text, start):
        return ""
    start = skip_determiners(text, start)
    phrase = phrase_after(text, start)
    names = [name for name in find_names(f"on {phrase}") if not _PLURAL_ACRONYM.fullmatch(name)]
    if not names or _is_model_size(phrase):
        return ""
    first = text.index(names[0], start)
    end = _before_next_name(text, first, start + 1 + len(phrase), names)
    while match := _NEXT_IN_LIST.match(text, end):
        another = phrase_after(text, match.end() - 1)
        if not another or set(another.split()) - set(find_names(f"on {another}")):
            break
        end = match.end() + len(another)
    return text[first:end]


def _before_next_name(text: str, first: int, end: int, names: Sequence[str]) -> int:
    """Return the end of a phrase, before a new subject: "BunBench loaves DoughNet rises"."""
    for before, word in pairwise(TOKEN.finditer(text, first, end)):
        if word.group() in names and before.group() not in names:
            return before.end()
    return end


def _is_model_size(phrase: str) -> bool:
    """Return whether a phrase names a model by its size, such as LLaMA-7B."""
    return any(
        not one.explicit
        and COUNT in one.dimensions
        and max(i.amount for i in one.interpretations) >= 1e6
        for one in find_quantities(phrase)
    )


def method_of(text: str, start: int, title: str) -> str:
    """Return the method that a number belongs to; empty if none is found.

    This is the name before the colon of the title if the sentence contains it, otherwise the last
    name before the number that is in subject position.

    Args:
        text: the sentence.
        start: the offset of the number.
        title: the paper's title.
    """
    own = short_title(title)
    if own != title and re.search(rf"(?<!\w){re.escape(own)}(?!\w)", text):
        return own
    names = set(find_names(text[:start]))
    found = ""
    for match in TOKEN.finditer(text, 0, start):
        if match.group() in names and _is_subject(text, match, names):
            found = match.group()
    return found


def _is_subject(text: str, match: re.Match[str], names: Collection[str]) -> bool:
    """Return whether a name begins a clause and is followed by a verb, or by a comma."""
    if not any(char.isupper() for char in match.group()):  # "top-1"
        return False
    before = text[: match.start()].rstrip()
    *_, word_before = ["", *before.removesuffix(" and").removesuffix(",").split()]
    is_listed = before.endswith((" and", ",")) and word_before in names
    begins = not before or before[-1] in ",;:" or before.endswith((" and", " while", " that"))
    following = TOKEN.match(text, match.end() + 1)
    is_before_verb = (
        following is not None
        and following.group().islower()
        and not is_function_word(following.group())
    )
    return begins and not is_listed and (is_before_verb or text[match.end()] == ",")
