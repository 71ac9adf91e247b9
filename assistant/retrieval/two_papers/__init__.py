"""Questions about two papers: which is the second, and what is asked of each."""
