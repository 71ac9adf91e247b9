"""The clauses of a question that asks for several things: "what is X, and how large is Y?"."""

import re
from dataclasses import dataclass

# A clause begins with what it asks by, "in which" and "tell me how" too,
_ASKS = (
    r"(?:(?:also\s+)?(?:please\s+)?(?:tell me|say|name|give)\s+)?"
    r"(?:(?:in|on|at|by|for|from|to|of|with|under|over|near|through)\s+)?"
    r"(?:how|what|which|who|whom|whose|when|where|why)\b"
)
# behind a mark or a joining word.
_JOINED = r"(?:and|or|but|while|whereas)\s+"
_BEGINS = re.compile(rf"(?:(?<=[,;:?.!])\s+(?:{_JOINED})?|\s+{_JOINED})(?={_ASKS})", re.IGNORECASE)
_BEGINS_AT_ONCE = re.compile(_ASKS, re.IGNORECASE)
_ENDS = " ,;:?.!"


@dataclass(frozen=True, slots=True)
class Clauses:
    """A question, taken apart.

    Attributes:
        lead: what is said before anything is asked; often empty.
        asked: what is asked, clause by clause, without the marks at their ends; empty if
            nothing is asked by a question word.
    """

    lead: str
    asked: tuple[str, ...]


def clauses(question: str) -> Clauses:
    """Take a question apart where another question word begins a clause of its own."""
    lead, *asked = ["", *_BEGINS.split(question.strip())]
    if not _BEGINS_AT_ONCE.match(asked[0]):
        lead = asked.pop(0)
    return Clauses(lead, tuple(one.rstrip(_ENDS) for one in asked))
