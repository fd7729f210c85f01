"""A keyring that can be locked, emptied and taken away; it keeps what it holds as the real one does."""

from sms_desktop.vault.errors import VaultLocked, VaultUnavailable


class LockableVault:
    name = "keyring"

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.is_locked = False
        self.is_silent = False
        self.is_full = False

    def get(self, key: str) -> str | None:
        self._answer()
        return self.values.get(key)

    def set(self, key: str, value: str) -> None:
        self._answer()
        if self.is_full:
            raise VaultUnavailable("The keyring did not keep the secret.")
        self.values[key] = value

    def delete(self, key: str) -> None:
        self._answer()
        self.values.pop(key, None)

    def _answer(self) -> None:
        if self.is_silent:
            raise VaultUnavailable("The keyring does not answer.")
        if self.is_locked:
            raise VaultLocked
