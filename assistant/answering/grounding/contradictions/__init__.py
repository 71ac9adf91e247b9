"""Contradictions: rules that tell when a sentence says the opposite of its evidence."""
