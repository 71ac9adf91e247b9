"""Readers of papers in Word documents and e-books."""
