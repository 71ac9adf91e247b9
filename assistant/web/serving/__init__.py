"""Serving an application: its address, TLS, and running it until a signal."""
