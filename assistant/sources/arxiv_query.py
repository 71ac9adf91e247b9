"""Translating search queries to arXiv's query language.

arXiv's queries have fields and operators, such as ``cat:cs.CL AND all:training``. arXiv does not
interpret adjacent words without fields as users expect. So a word without a field is searched in
all fields, or in the field of the enclosing brackets, and terms without an operator between them
are joined by AND.
"""

import re

from assistant.errors import InputError

_TERM = re.compile(r'\s*((?:\w+:)?"[^"]*"|(?:\w+:)?\(|\)|[^\s()"]+)')
_FIELD = re.compile(r"\w+:")
_OPERATORS = ("AND", "OR", "ANDNOT")


def arxiv_query(text: str) -> str:
    """Translate a query to arXiv's query language.

    Raises:
        InputError: the query is empty, a quotation mark or bracket is unbalanced, or an operator
            lacks an operand.
    """
    query = ""
    fields = ["all"]  # the default field, for each open bracket
    wants_operand = True
    for term in _terms(text):
        opens, closes, joins = term.endswith("("), term == ")", term in _OPERATORS
        if wants_operand and (closes or joins):
            raise _error(text, f"something is missing before {term}")
        if not (wants_operand or closes or joins):
            query += " AND"
        if opens:
            fields.append(term.partition(":")[0] if ":" in term else fields[-1])
            term = "("
        elif closes:
            fields.pop()
        elif not (joins or _FIELD.match(term)):
            term = f"{fields[-1]}:{term}"
        if not fields:
            raise _error(text, "a closing bracket was not opened")
        query += term if closes or not query or query.endswith("(") else f" {term}"
        wants_operand = opens or joins
    if not query:
        raise InputError("The search is empty. Describe what the papers are about.")
    if wants_operand:
        raise _error(text, "something is missing at its end")
    if len(fields) > 1:
        raise _error(text, "a bracket is not closed")
    return query


def _terms(text: str) -> list[str]:
    terms = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        term = _TERM.match(text, position)
        if term is None:
            raise _error(text, "a quotation mark is not closed")
        terms.append(term.group(1))
        position = term.end()
    return terms


def _error(text: str, reason: str) -> InputError:
    return InputError(
        f'The search {text!r} is not valid for arXiv: {reason}. Write it like "cat:cs.CL AND '
        'training scheme", with fields such as ti: au: abs: cat: and AND, OR, ANDNOT in capitals.'
    )
