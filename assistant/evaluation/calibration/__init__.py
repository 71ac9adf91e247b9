"""Calibration: fit probes and biases that turn a model's states and replies into probabilities."""
