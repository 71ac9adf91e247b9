"""The key-value cache: what stands in it, how prompts are prefilled into it, how it is kept on disk."""
