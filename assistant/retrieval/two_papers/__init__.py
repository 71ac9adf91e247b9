"""Questions about two papers: finding the second one, and decomposing the question."""
