"""The index: abstracts cut into chunks, embedded, and their vectors, searched in Chroma."""
