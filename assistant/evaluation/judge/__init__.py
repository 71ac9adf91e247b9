"""The optional judge: a model grades answers."""
