"""What can go wrong while reading Kandy's words; never quotes the body, which may hold messages."""

from sms_desktop.domain.errors import SmsDesktopError


class UnreadableAnswer(SmsDesktopError):
    """An answer that is not what Kandy's protocol promises; ``str()`` says in one sentence why."""

    sentence = "Kandy's answer could not be understood."


class UnreadableToken(SmsDesktopError):
    """A token that is not a JSON Web Token with readable claims."""

    sentence = "Kandy's sign-in token could not be understood."
