"""Parsing of questions: kind, intent, filters, verdict, and the earlier turns they refer to."""
