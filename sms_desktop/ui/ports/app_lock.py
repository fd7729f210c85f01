"""What the windows need of the lock that keeps them shut."""

from collections.abc import Awaitable, Callable
from typing import Protocol


class AppLock(Protocol):
    """Every awaitable raises ``SmsDesktopError`` with a sentence for the person."""

    @property
    def is_set(self) -> bool:
        """Whether there is a passphrase."""
        ...

    @property
    def is_locked(self) -> bool:
        """Whether nothing shall be shown."""
        ...

    @property
    def wait_s(self) -> float:
        """Seconds until a passphrase may be tried again."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever it is locked, unlocked, set or removed."""
        ...

    def lock(self) -> bool:
        """Shut; false where there is no passphrase to open it with."""
        ...

    def unlock(self, passphrase: str) -> Awaitable[None]:
        """Open with the passphrase."""
        ...

    def unlock_with_key(self, typed: str) -> Awaitable[None]:
        """Open with the recovery key, and forget the passphrase."""
        ...

    def set_passphrase(self, passphrase: str, old: str = "") -> Awaitable[None]:
        """Use this passphrase from now on."""
        ...

    def remove(self, old: str) -> Awaitable[None]:
        """Do without."""
        ...
