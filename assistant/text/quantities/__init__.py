"""Quantities: the numbers of a text with their units, comparable however they are written."""

from assistant.text.quantities import missing_numbers, numbers
from assistant.text.quantities.quantity import Number

__all__ = ["Number", "missing_numbers", "numbers"]
