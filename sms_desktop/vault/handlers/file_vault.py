"""Secrets in one file, sealed under a passphrase (scrypt, ChaCha20-Poly1305); never plain text."""

import json
import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sms_desktop.system.atomic_file import replace_file
from sms_desktop.vault.errors import PassphraseNeeded, VaultDamaged, VaultUnavailable
from sms_desktop.vault.handlers.sealing import Seal, SealedFile, new_seal, open_seal

if TYPE_CHECKING:
    from filelock import BaseFileLock


class FileVault:
    """Keeps values in ``file``; several processes may use it at once.

    ``make_random`` gives that many random bytes. The passphrase is stretched once per run (about
    0.2 s); every change is on disk, under a new nonce, before the call returns.
    """

    name = "file"

    def __init__(self, file: Path, passphrase: str, make_random: Callable[[int], bytes]) -> None:
        if not passphrase:
            raise PassphraseNeeded
        self._file = file
        self._passphrase = passphrase
        self._make_random = make_random
        self._seal: Seal | None = None
        self._busy = threading.Lock()
        self._lock: BaseFileLock | None = None

    def get(self, key: str) -> str | None:
        """The value; ``None`` where there is none."""
        with self._busy:
            return self._read().get(key)

    def set(self, key: str, value: str) -> None:
        """Keep a value; it is on disk once this returns."""
        self._change(lambda values: values.__setitem__(key, value))

    def delete(self, key: str) -> None:
        """Forget a value."""
        self._change(lambda values: values.pop(key, None))

    def prove(self, passphrase: str) -> None:
        """Raise ``WrongPassphrase`` unless this passphrase opens the file."""
        with self._busy:
            open_seal(SealedFile.parse(self._content() or b""), passphrase)

    def begin_anew(self, values: dict[str, str]) -> None:
        """Hold these values and no others, under this vault's passphrase.

        A file that is there is not opened; it stays beside the new one under another name.
        """
        with self._busy:
            try:
                with self._file_lock():
                    self._put_aside()
                    self._seal = None
                    self._write(values)
            except OSError as error:
                raise _unusable(self._file, error) from error

    def _put_aside(self) -> None:
        content = self._content()
        if content:
            names = (self._file.with_suffix(f".old{number}.json") for number in count(1))
            replace_file(next(name for name in names if not name.exists()), content)

    def _change(self, change: Callable[[dict[str, str]], object]) -> None:
        with self._busy:
            try:
                with self._file_lock():
                    values = self._read()
                    before = dict(values)
                    change(values)
                    if values != before:
                        self._write(values)
            except OSError as error:
                raise _unusable(self._file, error) from error

    def _file_lock(self) -> "BaseFileLock":
        if self._lock is None:
            from filelock import FileLock

            self._lock = FileLock(self._file.with_suffix(".lock"), timeout=30, mode=0o600)
        return self._lock

    def _content(self) -> bytes | None:
        try:
            return self._file.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unusable(self._file, error) from error

    def _read(self) -> dict[str, str]:
        content = self._content()
        if content is None:
            return {}
        sealed = SealedFile.parse(content)
        if self._seal is None or self._seal.header != sealed.header:
            self._seal = open_seal(sealed, self._passphrase)
        return _values(self._seal.open(sealed))

    def _write(self, values: dict[str, str]) -> None:
        if self._seal is None:
            self._seal = new_seal(self._passphrase, self._make_random)
        text = json.dumps(values, sort_keys=True).encode("ascii")
        replace_file(self._file, self._seal.close(text, self._make_random).dump())


def _values(text: bytes) -> dict[str, str]:
    values = json.loads(text)
    if not isinstance(values, dict):
        raise VaultDamaged
    return {str(key): str(value) for key, value in values.items()}


def _unusable(file: Path, error: OSError) -> VaultUnavailable:
    why = error.strerror or "it is in use"
    return VaultUnavailable(f"The file of secrets {file} cannot be used: {why}.")
