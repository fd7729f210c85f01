"""What every vault can do."""

from typing import Protocol


class Vault(Protocol):
    """Keeps short texts under names. Calls block: make them in a thread of their own.

    A value comes back exactly as it was set, the empty text and any real Unicode included. Every call
    may raise ``VaultError``.
    """

    @property
    def name(self) -> str:
        """``keyring``, ``file`` or ``memory``, for settings and reports."""
        ...

    def get(self, key: str) -> str | None:
        """The value; ``None`` where there is none."""
        ...

    def set(self, key: str, value: str) -> None:
        """Keep a value in the place of an older one; it is safe once this returns."""
        ...

    def delete(self, key: str) -> None:
        """Forget a value; one that is not there is forgotten already."""
        ...
