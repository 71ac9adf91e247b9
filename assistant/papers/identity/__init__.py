"""Identity: ids of papers, deciding if records are the same paper, and merging them."""
