"""A llama-server that the assistant starts for a model on this machine."""
