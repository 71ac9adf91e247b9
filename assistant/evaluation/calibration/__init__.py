"""Fitting what a model's replies and states are worth as probabilities."""
