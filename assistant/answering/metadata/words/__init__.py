"""The words of questions about records: tokens, vocabulary, example phrasings."""
