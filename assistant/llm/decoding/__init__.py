"""Decoding from a prompt in the KV cache: generating an answer, or computing scores."""
