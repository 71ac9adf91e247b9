"""Grounding: each sentence of an answer is cited to evidence and checked against it."""
