"""Text analysis that knows nothing of papers or models: words, sentences, names, quantities."""
