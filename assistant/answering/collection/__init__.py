"""Questions about the collection: which papers, and how many."""
