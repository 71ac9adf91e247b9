"""A llama-server that is started here, with a model of this machine."""
