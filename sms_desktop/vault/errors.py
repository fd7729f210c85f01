"""What can go wrong with a vault, in sentences that say what to do."""

from sms_desktop.domain.errors import SmsDesktopError


class VaultError(SmsDesktopError):
    """A secret cannot be kept or read."""

    sentence = "The store of secrets cannot be used."


class VaultLocked(VaultError):
    """The keyring is there and stays locked."""

    sentence = "The keyring is locked. Unlock it, then try again."


class VaultUnavailable(VaultError):
    """There is no such vault on this computer, or it stopped answering."""

    sentence = (
        "No keyring answers on this computer. Start one, or set SMS_DESKTOP_VAULT=file "
        "and SMS_DESKTOP_PASSPHRASE."
    )


class PassphraseNeeded(VaultUnavailable):
    """Secrets would be kept in a file, and nobody gave the passphrase for it."""

    sentence = (
        "Secrets are kept in a file here, and it needs a passphrase: set SMS_DESKTOP_PASSPHRASE."
    )


class WrongPassphrase(VaultError):
    """The passphrase does not open the file of secrets."""

    sentence = "That passphrase does not open the file of secrets."


class AppLocked(VaultError):
    """The key to the messages is sealed under the lock's passphrase, and nobody has typed it."""

    sentence = (
        "SMS Desktop is locked with a passphrase. Type it at a terminal, "
        "or set SMS_DESKTOP_LOCK_PASSPHRASE."
    )


class WrongLockPassphrase(VaultError):
    """The passphrase does not open the lock."""

    sentence = "That is not the passphrase of the lock."


class VaultDamaged(VaultError):
    """What the vault gave back is not what was put in."""

    sentence = "The stored secrets are damaged. Restore them from a backup."


class KeyMissing(VaultError):
    """There are messages, and this vault does not hold the key to them."""

    sentence = (
        "The key to the stored messages is not here; the messages are untouched. Open the keyring "
        "that was used before, or enter the recovery key: SMS Desktop asks for it when it opens its "
        "window and no vault is prescribed by SMS_DESKTOP_VAULT."
    )


class RecoveryKeyMistyped(VaultError):
    """What was typed is no whole recovery key."""

    sentence = "That is not a recovery key."
