"""The REST API: questions, searches, papers, tables and evaluation runs."""
