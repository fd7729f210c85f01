"""Secrets in the keyring of the operating system; no backend that writes plain text is accepted."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from sms_desktop.vault.errors import VaultLocked, VaultUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_Result = TypeVar("_Result")
_SERVICE: Final = "sms-desktop"
# The package's own backends are the systems' keyrings; these of them keep nothing. What other
# packages add may keep secrets in plain text, so that a passphrase is the safer offer.
_TRUSTED: Final = "keyring.backends."
_NOT_KEEPERS: Final = ("keyring.backends.fail", "keyring.backends.null")


class KeyringVault:
    """Keeps values under one service name per profile, so that two profiles do not collide.

    ``tag`` tells profiles apart; it is empty for this user's ordinary one. Importing and asking
    the keyring costs some 200 ms and may wait for the person to unlock it.
    """

    name = "keyring"

    def __init__(self, tag: str) -> None:
        self._service = f"{_SERVICE}-{tag}" if tag else _SERVICE

    def get(self, key: str) -> str | None:
        """The value; ``None`` where there is none."""
        return _asked(lambda backend: backend.get_password(self._service, key))

    def set(self, key: str, value: str) -> None:
        """Keep a value, and read it back: some keyrings drop what they cannot hold."""

        def put(backend: "KeyringBackend") -> bool:
            backend.set_password(self._service, key, value)
            return backend.get_password(self._service, key) == value

        if not _asked(put):
            raise VaultUnavailable(
                "The keyring did not keep the secret. Use a file of secrets instead."
            )

    def delete(self, key: str) -> None:
        """Forget a value."""

        def forget(backend: "KeyringBackend") -> None:
            # Backends disagree on what deleting nothing means.
            if backend.get_password(self._service, key) is not None:
                backend.delete_password(self._service, key)

        _asked(forget)


def keyring_is_usable() -> bool:
    """Whether this desktop has a keyring that is worth its name, locked or not."""
    return _backend() is not None


def _backend() -> "KeyringBackend | None":
    import keyring

    backend = keyring.get_keyring()
    return backend if _keeps_secrets(backend) else None


def _keeps_secrets(backend: object) -> bool:
    parts = getattr(backend, "backends", None)
    if parts is not None:  # several keyrings behind one another
        return bool(parts) and all(_keeps_secrets(part) for part in parts)
    module = type(backend).__module__
    return module.startswith(_TRUSTED) and module not in _NOT_KEEPERS


def _asked(question: "Callable[[KeyringBackend], _Result]") -> _Result:
    from keyring.errors import KeyringLocked

    backend = _backend()
    if backend is None:
        raise VaultUnavailable
    try:
        return question(backend)
    except KeyringLocked as error:
        raise VaultLocked from error
    except Exception as error:
        # Backends let errors of their buses and systems through; all of them mean the same here.
        raise VaultUnavailable("The keyring does not answer. Unlock or restart it.") from error
