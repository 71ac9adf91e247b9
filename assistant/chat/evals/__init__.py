"""The evals tab: run question sets, read reports, compare runs."""
