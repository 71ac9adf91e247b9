"""Typing errors: making them, and measuring and fitting their correction."""
