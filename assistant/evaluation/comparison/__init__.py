"""Comparison of runs: paired differences, statistical power, and figures over time."""
