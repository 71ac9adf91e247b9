"""Parsing of questions: kind, topic, filters, verdict, and the earlier turns they refer to."""
