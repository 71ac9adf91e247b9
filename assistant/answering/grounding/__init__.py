"""Grounding: cites evidence for each sentence of an answer, and checks the sentence against it."""
