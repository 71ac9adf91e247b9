"""Compare the assistant with the standard LangChain and LlamaIndex recipes.

Run it with `make peers`, or with `python -m eval.peers` where their packages are installed.
"""
