"""Calibration: fit the probes and biases that turn a model's outputs into probabilities."""
