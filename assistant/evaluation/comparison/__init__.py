"""Comparison of runs: paired differences, the power to find them, and figures over time."""
