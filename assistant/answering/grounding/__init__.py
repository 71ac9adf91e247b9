"""Grounding: cites each sentence of an answer to the evidence, and checks it against it."""
