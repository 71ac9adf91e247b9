"""From what people type to arXiv's query language.

arXiv takes ``cat:cs.CL AND all:training``; words without a field, one after another, mean something
else there than people expect. So a bare word looks in all fields, or in that of the bracket around
it, and between two terms without an operator stands AND.
"""

import re

from assistant.errors import InputError

_TERM = re.compile(r'\s*((?:\w+:)?"[^"]*"|(?:\w+:)?\(|\)|[^\s()"]+)')
_FIELD = re.compile(r"\w+:")
_OPERATORS = ("AND", "OR", "ANDNOT")


def arxiv_query(text: str) -> str:
    """Return a search as arXiv takes it.

    Raises:
        InputError: there is nothing to look for, a quotation mark or bracket has no partner, or an
            operator stands where a term must.
    """
    query = ""
    fields = ["all"]  # of a bare word, in each bracket that is open
    wants_operand = True
    for term in _terms(text):
        opens, closes, joins = term.endswith("("), term == ")", term in _OPERATORS
        if wants_operand and (closes or joins):
            raise _wrong(text, f"something is missing before {term}")
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
            raise _wrong(text, "a bracket is closed that was not opened")
        query += term if closes or not query or query.endswith("(") else f" {term}"
        wants_operand = opens or joins
    if not query:
        raise InputError("The search is empty. Write what the papers are about.")
    if wants_operand:
        raise _wrong(text, "something is missing at its end")
    if len(fields) > 1:
        raise _wrong(text, "a bracket is not closed")
    return query


def _terms(text: str) -> list[str]:
    terms = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        term = _TERM.match(text, position)
        if term is None:
            raise _wrong(text, "a quotation mark has no partner")
        terms.append(term.group(1))
        position = term.end()
    return terms


def _wrong(text: str, reason: str) -> InputError:
    return InputError(
        f'The search {text!r} cannot be asked of arXiv: {reason}. Write it as "cat:cs.CL AND '
        'training scheme", with fields such as ti: au: abs: cat: and AND, OR, ANDNOT in capitals.'
    )
