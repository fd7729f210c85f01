"""Opens a profile's store step by step: a state machine that returns questions and takes answers.

What it keeps to, whatever is answered: a key is made only where there are no messages; a key that was
replaced, and a file of secrets that cannot be opened, are put aside and not lost; nothing weaker than
the profile has is taken unless the person says so. Every step blocks (keyring, key stretching, disk):
call it in a thread where a window is on screen.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.slowdown import Slowdown
from sms_desktop.store.errors import WrongKey
from sms_desktop.sync.safety.app_lock import TriedTooOften
from sms_desktop.sync.unlocking.questions import (
    Answer,
    ForThisRun,
    GoBack,
    LockPassphraseWanted,
    NewPassphrase,
    NewPassphraseWanted,
    NoKeyring,
    Passphrase,
    PassphraseWanted,
    Purpose,
    Question,
    Reason,
    RecoveryKey,
    RecoveryKeyWanted,
    TryAgain,
    UsePassphrase,
    UseRecoveryKey,
    VaultShut,
)
from sms_desktop.sync.unlocking.unattended import NotOpened, Place, Unlocked, look, open_with
from sms_desktop.vault.errors import (
    AppLocked,
    KeyMissing,
    PassphraseNeeded,
    RecoveryKeyMistyped,
    VaultDamaged,
    VaultError,
    VaultLocked,
    VaultUnavailable,
    WrongLockPassphrase,
    WrongPassphrase,
)
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key, replace_database_key, starting_values
from sms_desktop.vault.models import Vault

_log = logging.getLogger(__name__)

_OTHER_MESSAGES: Final = (
    "This is a whole recovery key, but not the one of these messages. "
    "Is it perhaps of another computer? If it is certainly the right one, the message store is "
    "damaged."
)


class Unlocking:
    """``begin`` once, then ``answer`` each question until it is ``Unlocked``.

    Raises what no answer could mend: ``StoreError`` except ``WrongKey``.
    """

    def __init__(self, place: Place, steady_s: Callable[[], float] = time.monotonic) -> None:
        self._place = place
        self._tries = Slowdown(steady_s)
        self._passphrase = ""
        self._asked: Question | None = None
        self._before: Question | None = None
        self._answering_vault: Vault | None = None
        self._recovered: bytes | None = None

    def begin(self) -> Question | Unlocked:
        """Open the store with what is there."""
        return self._noted(self._look())

    def explain(self, failed: NotOpened) -> Question:
        """The question that a first look of somebody else leads to; instead of ``begin``."""
        question = self._question_about(failed)
        self._noted(question)
        return question

    def answer(self, answer: Answer) -> Question | Unlocked:
        """Go on with the person's answer to the last question."""
        return self._noted(self._answered(answer))

    def _noted(self, outcome: Question | Unlocked) -> Question | Unlocked:
        if not isinstance(outcome, Unlocked):
            _log.info("the store is not open: %s", type(outcome).__name__)
            self._asked = outcome
        return outcome

    def _answered(self, answer: Answer) -> Question | Unlocked:
        match answer:
            case Passphrase(text) if isinstance(self._asked, LockPassphraseWanted):
                return self._unlock(self._asked, text)
            case Passphrase(text):
                self._passphrase = text
                return self._look()
            case RecoveryKey(text):
                return self._recover(text)
            case NewPassphrase(text):
                return self._seal(text)
            case ForThisRun():
                return self._for_this_run()
            case UseRecoveryKey() | UsePassphrase():
                return self._instead(answer)
            case GoBack() if self._before is not None:
                return self._before
            case GoBack() | TryAgain():
                self._passphrase = ""
                return self._look()

    # What the profile has.

    def _look(self) -> Question | Unlocked:
        try:
            return look(self._place, self._passphrase)
        except NotOpened as failed:
            return self._question_about(failed)

    def _question_about(self, failed: NotOpened) -> Question:
        cause, has_messages = failed.cause, failed.has_messages
        self._answering_vault = None
        match cause:
            case WrongPassphrase():
                return PassphraseWanted(cause, has_messages, cause.text())
            case PassphraseNeeded():
                return PassphraseWanted(cause, has_messages)
            case AppLocked() | WrongLockPassphrase():
                self._answering_vault = failed.vault
                return LockPassphraseWanted(cause)
            case VaultUnavailable() if failed.vault is None:
                if has_messages:
                    return RecoveryKeyWanted(cause, Reason.NO_KEYRING)
                return NoKeyring(cause)
            case KeyMissing() | WrongKey():
                self._answering_vault = failed.vault
                is_missing = isinstance(cause, KeyMissing)
                reason = Reason.NOT_KEPT if is_missing else Reason.WRONG_KEY
                return RecoveryKeyWanted(cause, reason)
            case VaultDamaged():
                return self._question_about_damage(failed)
            case _:
                return VaultShut(cause, has_messages, isinstance(cause, VaultLocked))

    def _question_about_damage(self, failed: NotOpened) -> Question:
        if not failed.has_messages:
            return NewPassphraseWanted(failed.cause, Purpose.AFRESH)
        # A keyring may hold nonsense in one place and still be a keyring.
        is_file = failed.vault is not None and failed.vault.name == "file"
        self._answering_vault = None if is_file else failed.vault
        return RecoveryKeyWanted(failed.cause, Reason.DAMAGED)

    def _open(self, vault: Vault, key: bytes) -> Question | Unlocked:
        try:
            unlocked = open_with(self._place, vault, key)
        except (VaultError, WrongKey) as error:
            return self._question_about(NotOpened(error, self._place.has_messages(), vault))
        return replace(unlocked, was_recovered=self._recovered == unlocked.key)

    # What the person says.

    def _instead(self, answer: UseRecoveryKey | UsePassphrase) -> Question:
        self._before = self._asked
        cause = self._asked.cause if self._asked is not None else SmsDesktopError()
        if isinstance(self._asked, LockPassphraseWanted):
            return RecoveryKeyWanted(cause, Reason.FORGOTTEN, can_go_back=True)
        if isinstance(answer, UseRecoveryKey):
            return RecoveryKeyWanted(cause, Reason.CHOSEN, can_go_back=True)
        had_a_file = isinstance(self._asked, PassphraseWanted)
        purpose = Purpose.AFRESH if had_a_file else Purpose.FIRST
        return NewPassphraseWanted(cause, purpose, can_go_back=True)

    def _unlock(self, asked: LockPassphraseWanted, passphrase: str) -> Question | Unlocked:
        vault = self._answering_vault
        if not isinstance(vault, SealableVault):
            return self._look()
        if (wait_s := self._tries.wait_s()) > 0:
            return replace(asked, complaint=TriedTooOften(wait_s).text())
        try:
            vault.open(passphrase)
            key = database_key(vault, self._place.make_random, may_make=False)
        except VaultError as error:
            self._tries.failed()
            return replace(asked, complaint=error.text())
        return self._open(vault, key)

    def _recover(self, text: str) -> Question | Unlocked:
        from sms_desktop.vault import recovery_key

        asked = self._asked
        if not isinstance(asked, RecoveryKeyWanted):
            return self._look()
        try:
            key = recovery_key.read(text)
        except RecoveryKeyMistyped as error:
            return replace(asked, complaint=error.text())
        if not self._place.fits(key):
            return replace(asked, complaint=_OTHER_MESSAGES)
        self._recovered = key
        vault = self._answering_vault
        if vault is not None and _took(vault, key):
            return self._open(vault, key)
        return NewPassphraseWanted(asked.cause, Purpose.RECOVERED)

    def _seal(self, passphrase: str) -> Question | Unlocked:
        asked = self._asked
        may_make = self._recovered is not None or not self._place.has_messages()
        if not isinstance(asked, NewPassphraseWanted) or not may_make:
            return self._look()
        from sms_desktop.vault.handlers.file_vault import FileVault

        key = self._recovered or self._place.make_random(32)
        try:
            vault = FileVault(self._place.vault_file, passphrase, self._place.make_random)
            vault.begin_anew(starting_values(key))
        except VaultError as error:
            return replace(asked, complaint=error.text())
        return self._open(vault, key)

    def _for_this_run(self) -> Question | Unlocked:
        if self._place.has_messages():
            return self._look()
        from sms_desktop.vault.handlers.memory_vault import MemoryVault

        vault = MemoryVault()
        return self._open(vault, database_key(vault, self._place.make_random))


def _took(vault: Vault, key: bytes) -> bool:
    """Whether the vault keeps the key now; one that refuses leads to a file of secrets."""
    try:
        if isinstance(vault, SealableVault) and vault.is_guarded:
            vault.replace_sealed(key)
        replace_database_key(vault, key)
    except VaultError as error:
        _log.info("the vault did not take the key: %s", type(error).__name__)
        return False
    return True
