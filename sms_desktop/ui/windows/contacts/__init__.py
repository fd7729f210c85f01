"""The address book's windows: list and person, editor, import, and entries that look alike."""
