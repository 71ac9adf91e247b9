"""Parses questions: their intent, their filters, their verdict, and the turns they refer to."""
