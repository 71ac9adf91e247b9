"""Commands that compare runs with each other, with bounds, and over time."""
