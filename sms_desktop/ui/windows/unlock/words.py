"""What each question says: a title, and what happened and what can be done about it. Pure."""

from dataclasses import dataclass
from typing import Final

from sms_desktop.sync.unlocking.questions import (
    LockPassphraseWanted,
    NewPassphraseWanted,
    NoKeyring,
    PassphraseWanted,
    Purpose,
    Question,
    Reason,
    RecoveryKeyWanted,
    VaultShut,
)


@dataclass(frozen=True, slots=True)
class Words:
    """``drawing`` is the icon above them."""

    drawing: str
    title: str
    text: str


_UNTOUCHED: Final = "Your messages are untouched."
_RECOVERY: Final = {
    Reason.NOT_KEPT: Words(
        "key",
        "The key to your messages is missing",
        "The keyring of this desktop does not hold it. Perhaps it was emptied, or you used another "
        f"desktop before: sign in there, and it is back. {_UNTOUCHED} "
        "With your recovery key they open here too.",
    ),
    Reason.NO_KEYRING: Words(
        "key",
        "The keyring is gone",
        "The key to your messages is in a keyring, and none answers on this computer now. Start it "
        f"and try again, or enter your recovery key. {_UNTOUCHED}",
    ),
    Reason.WRONG_KEY: Words(
        "key",
        "This key opens other messages",
        "There is a key where this program keeps it, but it does not open the messages of this "
        f"profile. {_UNTOUCHED} Your recovery key opens them; the other key is kept as well.",
    ),
    Reason.DAMAGED: Words(
        "warning",
        "The stored secrets are damaged",
        f"They cannot be read any more. {_UNTOUCHED} Your recovery key opens them. "
        "Your accounts will ask you to sign in again.",
    ),
    Reason.CHOSEN: Words(
        "key",
        "Open with the recovery key",
        "It is on the note that you printed or saved when you first started this program. "
        "Afterwards you choose a new passphrase, and your accounts ask you to sign in again.",
    ),
    Reason.FORGOTTEN: Words(
        "key",
        "Open with the recovery key",
        "It is on the note that you printed or saved when you first started this program. "
        "It opens your messages and takes the lock off; set a new one in Settings › Privacy.",
    ),
}
_NEW_PASSPHRASE: Final = {
    Purpose.FIRST: Words(
        "lock",
        "Choose a passphrase",
        "Your secrets are kept in a file that only this passphrase opens. "
        "You type it each time you start SMS Desktop.",
    ),
    Purpose.RECOVERED: Words(
        "check",
        "The recovery key is right",
        "Now choose the passphrase that protects the key on this computer from here on. "
        "You type it each time you start SMS Desktop.",
    ),
    Purpose.AFRESH: Words(
        "lock",
        "Begin with a new passphrase",
        "No messages depend on the file of secrets that is there now. A new one takes its place, "
        "and the old one stays beside it under another name.",
    ),
}


def words_for(question: Question) -> Words:
    """Drawing, title and text of a question."""
    match question:
        case RecoveryKeyWanted():
            return _RECOVERY[question.reason]
        case NewPassphraseWanted():
            return _NEW_PASSPHRASE[question.purpose]
        case VaultShut():
            return _shut(question)
        case PassphraseWanted():
            return Words(
                "lock",
                "Enter your passphrase",
                "It opens the file in which SMS Desktop keeps its secrets on this computer.",
            )
        case LockPassphraseWanted():
            return Words(
                "lock",
                "SMS Desktop is locked",
                "The key to your messages is sealed with your passphrase. "
                "Messages that came meanwhile are read from Kandy once it is open.",
            )
        case NoKeyring():
            return Words(
                "lock",
                "Where shall your secrets be kept?",
                "Your messages are encrypted, and the key to them is usually in the keyring of the "
                "desktop. No keyring answers on this computer.",
            )


def _shut(question: VaultShut) -> Words:
    rest = _UNTOUCHED if question.has_messages else "Or protect your secrets with a passphrase."
    if question.is_locked:
        return Words(
            "lock",
            "Your keyring is locked",
            "SMS Desktop keeps the key to your messages in the keyring of this desktop. Unlock it, "
            f"usually with the password that you log in with, and try again. {rest}",
        )
    return Words("warning", "Your secrets cannot be read", f"{question.cause.text()} {rest}")
