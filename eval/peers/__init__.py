"""Peers side by side: the plain LangChain and LlamaIndex recipes, asked the same questions as ours.

Run it with `make peers`, or, where their packages are installed, `python -m eval.peers`.
"""
