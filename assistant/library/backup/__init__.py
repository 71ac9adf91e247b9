"""Backups of a library in one file, daily snapshots, and rescuing papers from a damaged library."""
