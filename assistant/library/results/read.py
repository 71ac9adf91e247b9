"""Extracting the numbers that an abstract reports."""

import re
from collections.abc import Iterator

from assistant.library.results.measured import what_is_measured
from assistant.library.results.named import data_set_of, method_of
from assistant.library.results.result import Result
from assistant.papers import Paper
from assistant.text.instructions import spans_without_instructions
from assistant.text.proper_names import TOKEN, find_names
from assistant.text.quantities import Quantity, find_quantities
from assistant.text.quantities.quantity import Interpretation
from assistant.text.quantities.units import BARE, COUNT, PERCENT, RATIO, written_unit_at

# "1.24-2.01x", "13 to 26 minutes": the unit after the second number applies to both.
_RANGE = re.compile(r"\s?(?:[-–—]+|to|and|or)\s?")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_INSIDE_NAME = re.compile(r"['’]\Z|[^\W\d_][\w.-]*-\Z")
_WORD_BEFORE = re.compile(rf"({TOKEN.pattern})\s\Z")


def read_results(paper: Paper) -> Iterator[Result]:
    """Yield the numbers of an abstract, in reading order.

    Numbers that are not quantities are left out: list numbers, years, versions ("Llama 3.1"), and
    parts of words ("3D", "zero-shot").
    """
    for span in spans_without_instructions(paper.abstract):
        text = span.of(paper.abstract)
        explicit = [one for one in find_quantities(text) if one.explicit]
        last: tuple[Quantity, Result] | None = None
        for place, quantity in enumerate(explicit):
            following = explicit[place + 1] if place + 1 < len(explicit) else None
            if not _states_quantity(text, quantity):
                continue
            meaning, unit, end = _meaning(text, quantity, following)
            next_start = following.start if following else len(text)
            measures = what_is_measured(text, quantity.start, end, meaning.dimension)
            if not measures and last and _is_range(text, last[0], quantity):
                measures = last[1].measures  # "accuracy rises by 3% to 6%"
            result = Result(
                paper,
                span,
                span.start + quantity.start,
                quantity.written,
                unit,
                meaning.dimension,
                meaning.amount,
                measures,
                data_set_of(text, end, next_start, meaning.dimension),
                method_of(text, quantity.start, paper.title),
            )
            yield result
            last = quantity, result


def _is_range(text: str, first: Quantity, second: Quantity) -> bool:
    """Return whether two numbers are a range or a pair, such as "8-10 times" and "3% to 6%"."""
    end = _end(first)
    end = _after_unit(text, end, written_unit_at(text, end))
    return _RANGE.fullmatch(text, end, second.start) is not None


def _meaning(
    text: str, quantity: Quantity, following: Quantity | None
) -> tuple[Interpretation, str, int]:
    """Return the meaning of a number, its unit as written, and the offset after both."""
    end = _end(quantity)
    meaning = _main_interpretation(quantity)
    if meaning.dimension == BARE and following and _RANGE.fullmatch(text, end, following.start):
        other = _main_interpretation(following)
        if other.dimension and other.value:
            amount = meaning.value * other.amount / other.value
            meaning = Interpretation(other.dimension, amount, meaning.value)
            unit = written_unit_at(text, _end(following))
            return meaning, unit, _after_unit(text, _end(following), unit)
    unit = written_unit_at(text, end) if meaning.dimension not in (BARE, COUNT) else ""
    return meaning, unit, _after_unit(text, end, unit)


def _main_interpretation(quantity: Quantity) -> Interpretation:
    """Return the interpretation in the unit as written; a fraction is a percentage."""
    known = [one for one in quantity.interpretations if one.dimension != RATIO]
    fraction = [one for one in known if one.dimension == PERCENT]
    is_fraction = len(known) < len(quantity.interpretations)
    return max(fraction if is_fraction and fraction else known or quantity.interpretations)


def _states_quantity(text: str, quantity: Quantity) -> bool:
    """Return whether a number is a quantity, not part of a name, a year or a list number."""
    if not quantity.dimensions <= {BARE, COUNT}:
        return True
    end = _end(quantity)
    before, after = text[: quantity.start], text[end : end + 2]
    if quantity.written[0].isalpha():  # "zero-shot", "Two further ideas"
        is_part = after[:1] == "-" and after[1:].isalpha()
        return not is_part and COUNT in quantity.dimensions
    if after[:1].isalpha() or _INSIDE_NAME.search(before) or _YEAR.match(quantity.written):
        return False  # "3D", "NEVIS'22", "LLaMa-3-8B"
    is_inside = before.count("(") > before.count(")") and before[-1] != "("
    if after[:1] == "-" and after[1:].isupper():
        return False  # "1.5-Pints"
    if after[:1] == ")" and not is_inside:
        return False  # "(1)", "1)", "(2023)"; but "(AUC = 0.93)"
    if not before and BARE in quantity.dimensions:
        return False  # "1. A loss"
    return not _ends_with_name(text, before, is_decimal="." in quantity.written)


def _ends_with_name(text: str, before: str, *, is_decimal: bool) -> bool:
    """Return whether a number is part of a name: yes in "Llama 3.1", no in "AUC 0.9"."""
    match = _WORD_BEFORE.search(before)
    if match is None or match[1] not in find_names(text):
        return False
    return not (is_decimal and match[1].isupper())


def _end(quantity: Quantity) -> int:
    return quantity.start + len(quantity.written)


def _after_unit(text: str, end: int, unit: str) -> int:
    return text.find(unit, end) + len(unit) if unit else end
