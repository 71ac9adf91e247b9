"""Quantities: the numbers of a text with their units, comparable however they are written."""

from assistant.text.quantities.extract import numbers
from assistant.text.quantities.quantity import Number

__all__ = ["Number", "numbers"]
