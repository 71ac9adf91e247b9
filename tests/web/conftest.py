"""The fixtures of the tests of the middleware."""

from protected_app import ask

__all__ = ["ask"]
