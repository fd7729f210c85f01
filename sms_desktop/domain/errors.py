"""Errors as types, each with a sentence for the person in front of the screen."""


class SmsDesktopError(Exception):
    """What went wrong, why, and what to do; never holds a secret, a number or a message text."""

    sentence = "Something went wrong."

    def text(self) -> str:
        """The sentence to show."""
        return str(self) or self.sentence


class Slip(SmsDesktopError):
    """What was typed cannot have been meant; as it stands it will never work."""
