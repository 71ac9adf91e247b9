"""Finds swapped numbers: a sentence pairs a number with the wrong thing.

The evidence gives that number for something else. A thing is identified by the names in its clause,
or by the words before the first number of the clause.
"""

import re
from dataclasses import dataclass

from assistant.answering.grounding.contradictions.clauses import split_clauses
from assistant.text.proper_names import find_names
from assistant.text.quantities import find_quantities
from assistant.text.quantities.quantity import Quantity
from assistant.text.quantities.units import BARE
from assistant.text.words import content_stems, content_words

# The preposition before a name shows its role: "on GLUE" is a data set, "GLUE has" a subject.
_ROLE = re.compile(
    r"\b(on|for|with|in|at|from|by|over|than|to|of|using)\s+(?:the\s+)?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """The names and numbers of one clause.

    Attributes:
        names: the names by role.
        leading_words: stems of the words before the first number, without names.
        numbers: the explicit numbers.
    """

    names: dict[str, frozenset[str]]
    leading_words: frozenset[str]
    numbers: tuple[Quantity, ...]

    def has_dimension_of(self, number: Quantity) -> bool:
        """Return whether one of the numbers may have the same dimension as the given number."""
        unknown = frozenset({BARE})
        return any(
            one.dimensions & number.dimensions or unknown in (one.dimensions, number.dimensions)
            for one in self.numbers
        )


def swaps_numbers(text: str, evidence: str, abstract: str) -> bool:
    """Return whether a sentence pairs a number with another thing than its evidence does.

    Args:
        text: the sentence.
        evidence: the abstract sentence that it cites.
        abstract: the whole abstract. A number that occurs twice in it may belong to both things.
    """
    shown = _clauses(evidence)
    in_abstract = [number for number in find_quantities(abstract) if number.explicit]
    for claim in _clauses(text):
        for number in claim.numbers:
            if sum(number.matches(other) for other in in_abstract) != 1:
                continue
            owners = [one for one in shown if any(number.matches(its) for its in one.numbers)]
            others = [one for one in shown if one not in owners and one.has_dimension_of(number)]
            if owners and any(_is_swapped(claim, owners[0], other) for other in others):
                return True
    return False


def _is_swapped(claim: _Clause, owner: _Clause, other: _Clause) -> bool:
    """Return whether a claim with the number of one clause describes the thing of another.

    This is so if, in some role, the claim has all names of the other clause and none of the owner.
    Further names in that role ("on MATH on the SynE report") do not matter. It is also so if the
    claim has all leading words that are unique to the other clause, and none that are unique to the
    owner ("a specificity of 91 %", where 91 % was the sensitivity).

    Args:
        claim: the clause of the sentence.
        owner: the clause of the evidence that the number comes from.
        other: another clause of the evidence.
    """
    only_other = other.leading_words - owner.leading_words
    only_owner = owner.leading_words - other.leading_words
    if (
        only_other
        and only_owner
        and only_other <= claim.leading_words
        and not only_owner & claim.leading_words
    ):
        return True
    return any(
        role in other.names
        and role in owner.names
        and other.names[role] <= found
        and not found & owner.names[role]
        for role, found in claim.names.items()
    )


def _clauses(text: str) -> list[_Clause]:
    return [
        _parse_clause(clause)
        for clause in split_clauses(text, extra_words=("versus", "vs", "vs.", "against"))
    ]


def _parse_clause(text: str) -> _Clause:
    by_role: dict[str, set[str]] = {}
    # With a lower-case word before it, a capitalised first word counts as a name.
    for name in filter(content_words, find_names(f"so {text}")):
        role = _ROLE.search(text[: text.find(name)])
        by_role.setdefault(role[1].lower() if role else "", set()).add(name.casefold())
    numbers = tuple(number for number in find_quantities(text) if number.explicit)
    leading = content_stems(text[: numbers[0].start]) if numbers else frozenset()
    name_stems = content_stems(" ".join(find_names(text)))
    names = {role: frozenset(found) for role, found in by_role.items()}
    return _Clause(names, leading - name_stems, numbers)
