"""The speed benchmark: the assistant, peers and bare llama.cpp on the same questions."""
