"""BibTeX names, values and inherited fields."""
