"""Rendering of answers as JSON and Markdown, with numbered citations."""
