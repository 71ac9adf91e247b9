"""Tables of papers: a row a paper, filled by the model and checked."""
