"""Bytes and dicts to domain values and back: no I/O, no clock, no Qt."""
