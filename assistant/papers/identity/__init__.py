"""Identity: ids of papers, what counts as the same paper, and merging two records of it."""
