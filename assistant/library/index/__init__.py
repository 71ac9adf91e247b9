"""The vector index: chunking, embedding, and vector search in Chroma."""
