"""Colours, fonts, icons and the stylesheet: how everything looks, in one place."""
