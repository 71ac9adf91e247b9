"""Names and values of BibTeX."""
