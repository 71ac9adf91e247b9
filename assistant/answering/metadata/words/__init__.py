"""The language of questions about records: tokens, vocabulary, example phrasings."""
