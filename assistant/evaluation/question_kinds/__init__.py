"""The classifier of question kinds: its training questions, the fit, and how it does."""
