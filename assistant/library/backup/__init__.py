"""Backups of a library: whole in one file, daily snapshots, and what a damaged one still holds."""
