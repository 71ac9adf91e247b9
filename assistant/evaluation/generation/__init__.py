"""Question sets that the model writes about the user's own papers."""
