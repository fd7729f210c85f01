"""The lock of the windows: its passphrase, whether it is shut, and who may open it.

The passphrase seals the key to the messages (see ``SealableVault``), so that a program that is not
running gives nothing away. A program that runs has the key in its memory and goes on receiving and
sending; then the lock keeps the windows shut, and nothing more.
"""

import asyncio
import hmac
import math
from collections.abc import Callable

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.slowdown import Slowdown
from sms_desktop.vault.errors import RecoveryKeyMistyped, WrongLockPassphrase
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key


class TriedTooOften(SmsDesktopError):
    """Several wrong tries: the next one has to wait."""

    def __init__(self, wait_s: float) -> None:
        seconds = math.ceil(wait_s)
        super().__init__(
            f"Too many wrong tries. Try again in {seconds} second{'s' * (seconds != 1)}."
        )


class OtherKey(RecoveryKeyMistyped):
    """A whole recovery key, of other messages."""

    sentence = "This is a whole recovery key, but not the one of these messages."


class AppLock:
    """Starts shut where a script gave the passphrase, open where a person has just typed it.

    ``steady_s``: a clock that nobody sets, in seconds.
    """

    def __init__(self, vault: SealableVault, steady_s: Callable[[], float]) -> None:
        self._vault = vault
        self._tries = Slowdown(steady_s)
        self._is_set = vault.is_guarded
        self._is_locked = vault.is_guarded and not vault.was_typed
        self._listeners: list[Callable[[], None]] = []

    @property
    def is_set(self) -> bool:
        """Whether there is a passphrase."""
        return self._is_set

    @property
    def is_locked(self) -> bool:
        """Whether the windows are shut."""
        return self._is_locked

    @property
    def wait_s(self) -> float:
        """Seconds until the next try; 0 where it may be made now."""
        return self._tries.wait_s()

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever it is locked, unlocked, set or removed."""
        self._listeners.append(listener)

    def lock(self) -> bool:
        """Shut the windows; false where there is no passphrase to open them with."""
        if self._is_set and not self._is_locked:
            self._is_locked = True
            self._tell()
        return self._is_set

    async def unlock(self, passphrase: str) -> None:
        """Open the windows; raises ``WrongLockPassphrase`` and ``TriedTooOften``."""
        await self._try(lambda: self._vault.open(passphrase))
        self._is_locked = False
        self._tell()

    async def unlock_with_key(self, typed: str) -> None:
        """Open the windows with the recovery key; the forgotten passphrase is in force no more.

        Raises ``RecoveryKeyMistyped`` and ``TriedTooOften``.
        """

        def compare() -> None:
            from sms_desktop.vault.recovery_key import read

            key = database_key(self._vault, bytes, may_make=False)
            if not hmac.compare_digest(read(typed), key):
                raise OtherKey
            self._vault.unseal()

        await self._try(compare)
        self._is_set = self._is_locked = False
        self._tell()

    async def set_passphrase(self, passphrase: str, old: str = "") -> None:
        """Lock with this passphrase from now on; raises ``WrongLockPassphrase`` for the ``old`` one."""

        def change() -> None:
            self._vault.prove(old)
            self._vault.seal(passphrase)

        await self._try(change)
        self._is_set = True
        self._tell()

    async def prove(self, passphrase: str) -> None:
        """Raise ``WrongLockPassphrase`` unless it is the present one."""
        await self._try(lambda: self._vault.prove(passphrase))

    async def remove(self, old: str) -> None:
        """Do without a lock; raises ``WrongLockPassphrase``."""

        def change() -> None:
            self._vault.prove(old)
            self._vault.unseal()

        await self._try(change)
        self._is_set = self._is_locked = False
        self._tell()

    async def _try(self, attempt: Callable[[], None]) -> None:
        if (wait_s := self._tries.wait_s()) > 0:
            raise TriedTooOften(wait_s)
        try:
            await asyncio.to_thread(attempt)
        except (WrongLockPassphrase, OtherKey):
            self._tries.failed()
            raise
        self._tries.succeeded()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()
