"""Why Kandy refused a message, where the person can mend it in the settings."""

from typing import Final

_NOT_ASSIGNED: Final = "This number is not assigned to your project"


_NOT_ACCEPTED: Final = (
    "Kandy does not accept",
    "This client ID does not allow",
    "There is a server at this base URL, but",
)
"""How the sentences begin that say that a sign-in was refused; a test holds them together."""


def not_assigned(own: str) -> str:
    """The sentence for a sender (403); ``own`` as people read it."""
    return f"{_NOT_ASSIGNED}: {own}."


def is_not_assigned(reason: str) -> bool:
    """Whether a reason kept with a message says so."""
    return reason.startswith(_NOT_ASSIGNED)


def is_sign_in_refused(reason: str) -> bool:
    """Whether a reason kept with a message says that nobody can be signed in."""
    return reason.startswith(_NOT_ACCEPTED)
