"""Which vault a profile uses: what was asked for, else what it has, else the safest there is."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sms_desktop.vault.errors import PassphraseNeeded, VaultUnavailable
from sms_desktop.vault.models import Vault


def choose(
    environ: Mapping[str, str], *, file: Path, tag: str, make_random: Callable[[int], bytes]
) -> Vault:
    """The vault of a profile.

    ``SMS_DESKTOP_VAULT`` names one: ``keyring``, ``file`` (with ``SMS_DESKTOP_PASSPHRASE``) or
    ``memory``. Without it a profile that has a ``file`` of secrets keeps it; then comes the
    keyring, then a new file where there is a passphrase. ``tag`` tells profiles apart in the
    keyring. Raises ``PassphraseNeeded`` or ``VaultUnavailable``; nothing weaker is ever taken
    instead.
    """
    wanted = environ.get("SMS_DESKTOP_VAULT", "").strip().lower()
    passphrase = environ.get("SMS_DESKTOP_PASSPHRASE", "")
    if wanted == "memory":
        from sms_desktop.vault.handlers.memory_vault import MemoryVault

        return MemoryVault()
    if wanted == "file" or (not wanted and file.exists()):
        return _file_vault(file, passphrase, make_random)
    if wanted not in ("", "keyring"):
        raise VaultUnavailable("SMS_DESKTOP_VAULT can be keyring, file or memory.")
    from sms_desktop.vault.handlers.keyring_vault import KeyringVault, keyring_is_usable

    if keyring_is_usable():
        return KeyringVault(tag)
    if wanted == "keyring" or not passphrase:
        raise VaultUnavailable
    return _file_vault(file, passphrase, make_random)


def _file_vault(file: Path, passphrase: str, make_random: Callable[[int], bytes]) -> Vault:
    if not passphrase:
        raise PassphraseNeeded
    from sms_desktop.vault.handlers.file_vault import FileVault

    return FileVault(file, passphrase, make_random)
