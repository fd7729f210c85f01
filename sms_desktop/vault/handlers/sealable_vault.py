"""Any vault, in which the keys of the messages may be sealed under a passphrase of their own.

While the passphrase is in force the vault holds the keys only in sealed form (``sealing``), so that
whoever can open the vault still cannot read the messages. A key that stands there in clear always
counts more: each change of hands writes the new form before it takes the old one away, and a crash
between the two leaves a key that opens.
"""

import json
import threading
from collections.abc import Callable
from itertools import count
from typing import Final

from sms_desktop.vault.errors import AppLocked, VaultDamaged, WrongLockPassphrase, WrongPassphrase
from sms_desktop.vault.handlers.sealing import Seal, SealedFile, new_seal, open_seal
from sms_desktop.vault.keys import DATABASE, GUARDED
from sms_desktop.vault.models import Vault

_SEALED: Final = "locked-keys"


class SealableVault:
    """``open`` it with the passphrase where ``get`` raises ``AppLocked``.

    ``passphrase``: one that a script gave, tried by itself; empty for none. ``inner`` keeps the rest.
    """

    def __init__(
        self, inner: Vault, make_random: Callable[[int], bytes], passphrase: str = ""
    ) -> None:
        self.inner = inner
        self._make_random = make_random
        self._scripted = passphrase
        self._seal: Seal | None = None
        self._busy = threading.RLock()
        self.is_guarded = False
        """Whether the passphrase was in force when the key was last asked for."""
        self.was_typed = False
        """Whether a person has opened it in this run."""

    @property
    def name(self) -> str:
        """The name of the vault within."""
        return self.inner.name

    def get(self, key: str) -> str | None:
        """The value; raises ``AppLocked`` for a key of the messages that is sealed."""
        if key not in GUARDED:
            return self.inner.get(key)
        with self._busy:
            sealed = self._sealed()
            return self.inner.get(key) if sealed is None else self._values(sealed).get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a value, sealed where the others are."""
        if key not in GUARDED:
            self.inner.set(key, value)
            return
        with self._busy:
            sealed = self._sealed()
            if sealed is None:
                self.inner.set(key, value)
            else:
                self._write(self._values(sealed) | {key: value})

    def delete(self, key: str) -> None:
        """Forget a value."""
        with self._busy:
            sealed = self._sealed() if key in GUARDED else None
            if sealed is None:
                self.inner.delete(key)
            else:
                values = self._values(sealed)
                values.pop(key, None)
                self._write(values)

    def open(self, passphrase: str) -> None:
        """Open the sealed keys for this run; raises ``WrongLockPassphrase``."""
        with self._busy:
            if (sealed := self._sealed()) is not None:
                self._seal = _opened(sealed, passphrase)
                self.was_typed = True

    def prove(self, passphrase: str) -> None:
        """Raise ``WrongLockPassphrase`` unless it is the present one."""
        with self._busy:
            if (sealed := self._sealed()) is not None:
                _opened(sealed, passphrase)

    def seal(self, passphrase: str) -> None:
        """Put the keys under this passphrase from now on; they must be open."""
        with self._busy:
            sealed = self._sealed()
            values = self._plain() if sealed is None else self._values(sealed)
            self._seal = new_seal(passphrase, self._make_random)
            self._write(values)
            kept = self.inner.get(_SEALED)
            if kept is None or self._values(SealedFile.parse(kept.encode())) != values:
                raise VaultDamaged
            for key in GUARDED:
                self.inner.delete(key)
            self.is_guarded = self.was_typed = True

    def unseal(self) -> None:
        """Do without a passphrase from now on; the keys must be open."""
        with self._busy:
            if (sealed := self._sealed()) is not None:
                self._put_in_clear(self._values(sealed))
                self.inner.delete(_SEALED)

    def replace_sealed(self, key: bytes) -> None:
        """The passphrase is forgotten, and this is the key: keep it in clear.

        What was sealed stays under another name, since it may hold the keys of other messages.
        """
        with self._busy:
            kept = self.inner.get(_SEALED)
            if kept is not None:
                names = (f"{_SEALED}-before-{number}" for number in count(1))
                self.inner.set(next(n for n in names if self.inner.get(n) is None), kept)
            self._put_in_clear({DATABASE: key.hex()})
            self.inner.delete(_SEALED)

    def _sealed(self) -> SealedFile | None:
        """The sealed keys where they count: a key in clear counts more, and costs one look."""
        kept = None if self.inner.get(DATABASE) is not None else self.inner.get(_SEALED)
        self.is_guarded = kept is not None
        return None if kept is None else SealedFile.parse(kept.encode("utf-8", "replace"))

    def _values(self, sealed: SealedFile) -> dict[str, str]:
        if self._seal is None and self._scripted:
            self._seal = _opened(sealed, self._scripted)
        if self._seal is None or self._seal.header != sealed.header:
            raise AppLocked
        values = json.loads(self._seal.open(sealed))
        return {str(key): str(value) for key, value in values.items()}

    def _plain(self) -> dict[str, str]:
        found = {key: self.inner.get(key) for key in GUARDED}
        return {key: value for key, value in found.items() if value is not None}

    def _write(self, values: dict[str, str]) -> None:
        assert self._seal is not None  # noqa: S101 - only what is open is written
        text = json.dumps(values, sort_keys=True).encode("ascii")
        self.inner.set(_SEALED, self._seal.close(text, self._make_random).dump().decode("ascii"))

    def _put_in_clear(self, values: dict[str, str]) -> None:
        # The key of the messages last: from that moment on nothing sealed counts.
        for key in sorted(values, key=lambda one: one == DATABASE):
            self.inner.set(key, values[key])
        self._seal = None
        self.is_guarded = False


def _opened(sealed: SealedFile, passphrase: str) -> Seal:
    try:
        return open_seal(sealed, passphrase)
    except WrongPassphrase as error:
        raise WrongLockPassphrase from error
