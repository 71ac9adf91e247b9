"""Splitting a question into clauses: "What is X, and how large is Y?"."""

import re
from dataclasses import dataclass

# A clause starts with a question word, possibly after a preposition or "tell me".
_QUESTION_WORD = (
    r"(?:(?:also\s+)?(?:please\s+)?(?:tell me|say|name|give)\s+)?"
    r"(?:(?:in|on|at|by|for|from|to|of|with|under|over|near|through)\s+)?"
    r"(?:how|what|which|who|whom|whose|when|where|why)\b"
)
# It follows a punctuation mark or a conjunction.
_CONJUNCTION = r"(?:and|or|but|while|whereas)\s+"
_CLAUSE_START = re.compile(
    rf"(?:(?<=[,;:?.!])\s+(?:{_CONJUNCTION})?|\s+{_CONJUNCTION})(?={_QUESTION_WORD})", re.IGNORECASE
)
_STARTS_WITH_QUESTION_WORD = re.compile(_QUESTION_WORD, re.IGNORECASE)
_FINAL_PUNCTUATION = " ,;:?.!"


@dataclass(frozen=True, slots=True)
class SplitQuestion:
    """A question split into clauses.

    Attributes:
        lead: the text before the first clause; often empty.
        clauses: the clauses without final punctuation. Empty if no clause of the question starts
            with a question word.
    """

    lead: str
    clauses: tuple[str, ...]


def split_question(question: str) -> SplitQuestion:
    """Split a question wherever a question word starts a new clause."""
    lead, *clauses = ["", *_CLAUSE_START.split(question.strip())]
    if not _STARTS_WITH_QUESTION_WORD.match(clauses[0]):
        lead = clauses.pop(0)
    return SplitQuestion(lead, tuple(clause.rstrip(_FINAL_PUNCTUATION) for clause in clauses))
