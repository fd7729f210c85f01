"""Windowed models: what is on screen and a little more, never everything."""
