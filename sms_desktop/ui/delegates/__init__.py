"""Painting of rows with cached layouts; no widget per row."""
