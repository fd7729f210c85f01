"""Asks for the passphrase of the lock where somebody sits at a terminal."""

import sys

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.models import Vault


def unlocked_at_terminal(vault: Vault | None, cause: SmsDesktopError) -> SealableVault:
    """The vault, open; raises ``cause`` where nobody can be asked, and ``WrongLockPassphrase``."""
    is_asked = sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
    if not isinstance(vault, SealableVault) or not is_asked:
        raise cause from None
    from getpass import getpass

    vault.open(getpass("Passphrase of the lock: ", sys.stderr))
    return vault
