"""The optional judge: a model that grades answers."""
