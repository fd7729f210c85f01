"""What can be sent, and what can still be taken back; with the reasons why not."""

from sms_desktop.domain.changes import Changes
from sms_desktop.domain.errors import Slip, SmsDesktopError
from sms_desktop.domain.ids import ClientId
from sms_desktop.store import outbox
from sms_desktop.store.connection import Connection


def check_sendable(sender: str, remote: str, text: str) -> None:
    """Raise ``NothingToSend`` where a message would lack something; spaces alone say nothing."""
    if not sender.strip() or not remote.strip() or not text.strip():
        raise NothingToSend


def discard_unsent(db: Connection, client_id: ClientId) -> Changes:
    """Forget a wish that has not left; raises ``TooLateToDiscard``."""
    changes = outbox.discard(db, client_id)
    if not changes and outbox.item(db, client_id) is not None:
        raise TooLateToDiscard
    return changes


class TooLateToDiscard(SmsDesktopError):
    """The message is on its way, or nobody knows whether it is."""

    sentence = "This message may already have left, so it cannot be taken back."


class NothingToSend(Slip):
    """A send lacks a sender, a destination or a text."""

    sentence = "A message needs a sender, a destination and a text."


class NobodySignedIn(SmsDesktopError):
    """There is no account to send with."""

    sentence = "No account is signed in. Add one with “account add”, or in Settings › Account."
