"""Backups, the recovery key, and the lock of the program."""
