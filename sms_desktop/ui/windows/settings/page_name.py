"""The pages of the settings, by name."""

from enum import IntEnum


class PageName(IntEnum):
    """In the order of the sidebar; only pages on which something works."""

    ACCOUNT = 0
    NUMBERS = 1
    CONNECTION = 2
    APPEARANCE = 3
    PRIVACY = 4
    ABOUT = 5
