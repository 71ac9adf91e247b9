"""Evaluation of retrieval alone, over test collections: documents, queries and relevance."""
