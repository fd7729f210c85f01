"""An open profile: its folders, its vault, and its store under the key from the vault."""

import hashlib
import hmac
import os
import secrets
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from sms_desktop.commands.terminal import unlocked_at_terminal
from sms_desktop.paths import Paths
from sms_desktop.store.database import Database
from sms_desktop.store.errors import Damaged, StoreError
from sms_desktop.sync.unlocking.unattended import NotOpened, Place, Unlocked, look, open_with
from sms_desktop.vault.choose import choose
from sms_desktop.vault.errors import AppLocked
from sms_desktop.vault.handlers.sealable_vault import SealableVault
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.models import Vault

_RESTORED: Final = (
    "The backup is restored, and what is newer comes back from Kandy; "
    "the messages that were here before are kept in the folder of this profile."
)
_SCRIPTED: Final = ("SMS_DESKTOP_VAULT", "SMS_DESKTOP_PASSPHRASE")
_LOCK_VARIABLE: Final = "SMS_DESKTOP_LOCK_PASSPHRASE"


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything of one ``--basedir``; ``correlator`` names this installation to Kandy.

    ``paths.data`` is in ``folder`` where nothing shall be kept, which ``close`` removes. ``mark`` is made
    from the key and tells it from others; of no use for finding it. ``was_recovered`` where the
    person has just typed the recovery key, ``is_scripted`` where the environment says which vault
    to use: nobody is told then what only a person can do. ``notice``: what the person must be told
    about how the store was opened.
    """

    paths: Paths
    vault: SealableVault
    store: Database
    correlator: str
    mark: str
    was_recovered: bool
    is_scripted: bool
    folder: ExitStack | None = None
    notice: str = ""

    def close(self) -> None:
        """Close the store, and remove what shall not outlive the run."""
        self.store.close()
        if self.folder is not None:
            self.folder.close()


class Opening:
    """What opens a profile: its ``place`` is unlocked, then there is the ``profile`` around it.

    ``is_alone`` where the caller holds the profile's lock.
    """

    def __init__(
        self, paths: Paths, environ: Mapping[str, str] = os.environ, *, is_alone: bool = False
    ) -> None:
        paths.make()
        self._paths = paths
        self._environ = environ
        self._folder: ExitStack | None = None
        self._tag = paths.profile_tag()
        self.place = Place(
            paths.database,
            paths.vault_file,
            self._choose,
            secrets.token_bytes,
            self._make_folder,
            nullcontext if is_alone else self._alone,
        )

    @property
    def is_scripted(self) -> bool:
        """Whether the environment names the vault or its passphrase, so that nobody is asked."""
        return any(self._environ.get(name) for name in _SCRIPTED)

    def profile(self, unlocked: Unlocked) -> Profile:
        """The profile around an open store."""
        is_temporary = unlocked.database != self._paths.database
        paths = replace(self._paths, data=unlocked.database.parent) if is_temporary else self._paths
        return Profile(
            paths,
            self._sealable(unlocked.vault),
            unlocked.store,
            f"sms-desktop-{_derived(unlocked.key, b'client correlator')}",
            _derived(unlocked.key, b"recovery key"),
            unlocked.was_recovered,
            self.is_scripted,
            self._folder,
            unlocked.notice,
        )

    def reopened(self, closed: Profile, backup: str) -> Profile:
        """Put a backup in the place of a closed profile's store, and open that, asking nobody.

        A backup that is no good leaves the store as it was, and the notice says so. Raises
        ``SmsDesktopError`` where nothing opens any more.
        """
        from sms_desktop.store.restoring import aside_label, restore

        key = database_key(closed.vault, secrets.token_bytes, may_make=False)
        try:
            restore(self._paths.database, key, self._paths.backups, backup, aside_label("replaced"))
            notice = _RESTORED
        except StoreError as error:
            notice = error.text()
        return replace(self.profile(open_with(self.place, closed.vault, key)), notice=notice)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Hold the profile while its store is exchanged; raises ``Damaged`` where a window has it."""
        from filelock import FileLock, Timeout

        lock = FileLock(self._paths.lock_file)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise Damaged from None
        try:
            yield
        finally:
            lock.release()

    def _choose(self, passphrase: str) -> Vault:
        typed = {"SMS_DESKTOP_PASSPHRASE": passphrase} if passphrase else {}
        chosen = choose(
            {**self._environ, **typed},
            file=self._paths.vault_file,
            tag=self._tag,
            make_random=secrets.token_bytes,
        )
        return self._sealable(chosen)

    def _sealable(self, vault: Vault) -> SealableVault:
        if isinstance(vault, SealableVault):
            return vault
        passphrase = self._environ.get(_LOCK_VARIABLE, "")
        return SealableVault(vault, secrets.token_bytes, passphrase)

    def _make_folder(self) -> Path:
        from sms_desktop.system.temporary_folder import WITHOUT_KEEPING, passing_folder

        self._folder = ExitStack()
        return self._folder.enter_context(passing_folder(WITHOUT_KEEPING))


def open_profile(paths: Paths, environ: Mapping[str, str] = os.environ) -> Profile:
    """Open or make a profile; raises ``SmsDesktopError`` with a sentence.

    Nothing is asked but the passphrase of the lock, and that at a terminal only. What happened to a
    damaged store is told on stderr.
    """
    opening = Opening(paths, environ)
    try:
        unlocked = look(opening.place)
    except NotOpened as failed:
        if not isinstance(failed.cause, AppLocked):
            raise failed.cause from None
        vault = unlocked_at_terminal(failed.vault, failed.cause)
        unlocked = open_with(opening.place, vault, database_key(vault, bytes, may_make=False))
    profile = opening.profile(unlocked)
    if profile.notice:
        sys.stderr.write(f"sms-desktop: {profile.notice}\n")
    return profile


def _derived(key: bytes, what: bytes) -> str:
    # Constant for the key, as a correlator is in every SDK, and of no use for finding it.
    return hmac.new(key, what, hashlib.sha256).hexdigest()[:24]
