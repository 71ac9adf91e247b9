"""Decoding a prompt in the KV cache: writing an answer, or reading scores off it."""
