"""Quantities: numbers in a text with their units, comparable across notations."""

from assistant.text.quantities.extract import find_quantities
from assistant.text.quantities.quantity import Quantity

__all__ = ["Quantity", "find_quantities"]
