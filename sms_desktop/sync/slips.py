"""What keeps a text from being sent or taken back before anything was tried."""

from sms_desktop.domain.errors import Slip, SmsDesktopError


class TooLateToDiscard(SmsDesktopError):
    """The message is on its way, or nobody knows whether it is."""

    sentence = "This message may already have left, so it cannot be taken back."


class NothingToSend(Slip):
    """A send lacks a sender, a destination or a text."""

    sentence = "A message needs a sender, a destination and a text."


class NobodySignedIn(SmsDesktopError):
    """There is no account to send with."""

    sentence = "No account is signed in. Add one with “account add”, or in Settings › Account."


def check_sendable(sender: str, remote: str, text: str) -> None:
    """Raise ``NothingToSend`` where a message would lack something; spaces alone say nothing."""
    if not sender.strip() or not remote.strip() or not text.strip():
        raise NothingToSend
