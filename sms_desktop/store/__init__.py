"""Encrypted SQLite: the only ring that speaks SQL."""
