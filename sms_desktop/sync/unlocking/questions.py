"""What a person may be asked before the store is open, and what they may answer; values only.

Every question carries the error that led to it (``cause``), for where nobody can be asked.
``complaint`` says what was wrong with the answer before.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from sms_desktop.domain.errors import SmsDesktopError


class Reason(StrEnum):
    """Why the recovery key is asked for.

    ``NOT_KEPT``: the vault answers and has no key. ``NO_KEYRING``: no keyring answers.
    ``WRONG_KEY``: the vault's key opens something else. ``DAMAGED``: the vault is not readable.
    ``CHOSEN``: the person would rather type it. ``FORGOTTEN``: so, instead of the lock's passphrase.
    """

    NOT_KEPT = "not_kept"
    NO_KEYRING = "no_keyring"
    WRONG_KEY = "wrong_key"
    DAMAGED = "damaged"
    CHOSEN = "chosen"
    FORGOTTEN = "forgotten"


class Purpose(StrEnum):
    """What a new passphrase is for.

    ``FIRST``: a new profile. ``RECOVERED``: the recovery key was right and needs a place.
    ``AFRESH``: the present file of secrets cannot be opened, and no messages depend on it.
    """

    FIRST = "first"
    RECOVERED = "recovered"
    AFRESH = "afresh"


@dataclass(frozen=True, slots=True)
class VaultShut:
    """The vault is there and does not open: locked, or (``is_locked`` false) it does not answer."""

    cause: SmsDesktopError
    has_messages: bool
    is_locked: bool


@dataclass(frozen=True, slots=True)
class NoKeyring:
    """A new profile on a computer without a keyring: where shall its secrets be?"""

    cause: SmsDesktopError


@dataclass(frozen=True, slots=True)
class PassphraseWanted:
    """The file of secrets needs its passphrase."""

    cause: SmsDesktopError
    has_messages: bool
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class LockPassphraseWanted:
    """The key to the messages is sealed under the passphrase of the lock."""

    cause: SmsDesktopError
    complaint: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryKeyWanted:
    """There are messages, and no key for them; ``can_go_back`` to another question."""

    cause: SmsDesktopError
    reason: Reason
    complaint: str = ""
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class NewPassphraseWanted:
    """Secrets shall be in a file: under which passphrase?"""

    cause: SmsDesktopError
    purpose: Purpose
    complaint: str = ""
    can_go_back: bool = False


Question = (
    VaultShut
    | NoKeyring
    | PassphraseWanted
    | LockPassphraseWanted
    | RecoveryKeyWanted
    | NewPassphraseWanted
)


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Look at the vault again, from the beginning."""


@dataclass(frozen=True, slots=True)
class GoBack:
    """To the question before this one."""


@dataclass(frozen=True, slots=True)
class UseRecoveryKey:
    """I would rather type the recovery key."""


@dataclass(frozen=True, slots=True)
class UsePassphrase:
    """Keep the secrets in a file under a passphrase of mine."""


@dataclass(frozen=True, slots=True)
class ForThisRun:
    """Keep nothing: secrets in memory, messages in a folder that goes when the program ends."""


@dataclass(frozen=True, slots=True)
class Passphrase:
    """The passphrase of the present file, or of the lock: whichever was asked for."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewPassphrase:
    """The passphrase of a new file."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The recovery key, as typed."""

    text: str = field(repr=False)


Answer = (
    TryAgain
    | GoBack
    | UseRecoveryKey
    | UsePassphrase
    | ForThisRun
    | Passphrase
    | NewPassphrase
    | RecoveryKey
)
