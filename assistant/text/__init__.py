"""Text analysis without models: words, sentences, titles, proper names and quantities."""
