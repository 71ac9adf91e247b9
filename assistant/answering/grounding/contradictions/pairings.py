"""Pairings: which number an abstract gives to which thing, so that no two are swapped.

A thing is told by its names, or by the words that lead up to one of a sentence's numbers only.
"""

import re
from dataclasses import dataclass

from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.quantities.quantity import Quantity
from assistant.text.quantities.units import BARE
from assistant.text.words import content_stems, content_words

_PART_END = re.compile(r"[;,]\s|\s(?:and|but|while|whereas|versus|vs\.?|against)\s")
# What a name is to a number: "GLUE" in "on GLUE" is another thing than in "GLUE has".
_ROLE = re.compile(
    r"\b(on|for|with|in|at|from|by|over|than|to|of|using)\s+(?:the\s+)?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a sentence.

    Attributes:
        names: by their role.
        leading: stems of the words before its first number that are no names.
        numbers: that it claims.
    """

    names: dict[str, frozenset[str]]
    leading: frozenset[str]
    numbers: tuple[Quantity, ...]

    def may_measure(self, number: Quantity) -> bool:
        """Tell whether one of its numbers may be of the kind of another number."""
        wild = frozenset({BARE})
        return any(
            one.dimensions & number.dimensions or wild in (one.dimensions, number.dimensions)
            for one in self.numbers
        )


def swaps(text: str, evidence: str, abstract: str) -> bool:
    """Tell whether a sentence gives a name the number that its evidence gives to another.

    Args:
        text: the sentence.
        evidence: the sentence of an abstract that supports it best.
        abstract: the whole abstract; a number that it has twice may belong to both.
    """
    shown = _parts(evidence)
    everywhere = [number for number in find_quantities(abstract) if number.explicit]
    for mine in _parts(text):
        for number in mine.numbers:
            if sum(number.matches(other) for other in everywhere) != 1:
                continue
            its = [part for part in shown if any(number.matches(one) for one in part.numbers)]
            others = [part for part in shown if part not in its and part.may_measure(number)]
            if its and any(_swapped(mine, its[0], other) for other in others):
                return True
    return False


def _swapped(mine: _Part, its: _Part, other: _Part) -> bool:
    """Tell whether a part has the number of one part and what tells another.

    That is its names in some role: further ones in that role ("on MATH on the SynE report") do not
    matter, but none may be of the first. Or the words that lead up to the other's number alone,
    without those that lead up to the first ("a specificity of 91 %", which was the sensitivity).
    """
    of_other, of_its = other.leading - its.leading, its.leading - other.leading
    if of_other and of_its and of_other <= mine.leading and not of_its & mine.leading:
        return True
    return any(
        role in other.names
        and role in its.names
        and other.names[role] <= found
        and not found & its.names[role]
        for role, found in mine.names.items()
    )


def _parts(text: str) -> list[_Part]:
    parts = []
    for part in _PART_END.split(text):
        by_role: dict[str, set[str]] = {}
        # A lower-case word before it makes an opening word count as a name too.
        for name in filter(content_words, find_names(f"so {part}")):
            role = _ROLE.search(part[: part.find(name)])
            by_role.setdefault(role[1].lower() if role else "", set()).add(name.casefold())
        claimed = tuple(number for number in find_quantities(part) if number.explicit)
        leading = content_stems(part[: claimed[0].start]) if claimed else frozenset()
        named = content_stems(" ".join(find_names(part)))
        frozen = {role: frozenset(found) for role, found in by_role.items()}
        parts.append(_Part(frozen, leading - named, claimed))
    return parts
