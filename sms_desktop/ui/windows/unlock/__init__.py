"""The window that asks before the main window can be: one page for each question."""
