"""An open profile: its folders, its vault, and its store under the key from the vault."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sms_desktop.paths import Paths
from sms_desktop.store.database import Database
from sms_desktop.sync.unlocking.look import NotOpened, Place, Unlocked, look
from sms_desktop.vault.choose import choose
from sms_desktop.vault.models import Vault

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

_SCRIPTED: Final = ("SMS_DESKTOP_VAULT", "SMS_DESKTOP_PASSPHRASE")


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything of one ``--basedir``; ``correlator`` names this installation to Kandy.

    ``paths.data`` is in ``folder`` where nothing shall be kept, which ``close`` removes. ``mark`` is made
    from the key and tells it from others; of no use for finding it. ``was_recovered`` where the
    person has just typed the recovery key, ``is_scripted`` where the environment says which vault
    to use: nobody is told then what only a person can do.
    """

    paths: Paths
    vault: Vault
    store: Database
    correlator: str
    mark: str
    was_recovered: bool
    is_scripted: bool
    folder: "TemporaryDirectory[str] | None" = None

    def close(self) -> None:
        """Close the store, and remove what shall not outlive the run."""
        self.store.close()
        if self.folder is not None:
            self.folder.cleanup()


class Opening:
    """What opens a profile: its ``place`` is unlocked, then there is the ``profile`` around it."""

    def __init__(self, paths: Paths, environ: Mapping[str, str] = os.environ) -> None:
        paths.make()
        self._paths = paths
        self._environ = environ
        self._folder: TemporaryDirectory[str] | None = None
        self._tag = paths.profile_tag()
        self.place = Place(
            paths.database,
            paths.vault_file,
            self._choose,
            secrets.token_bytes,
            self._make_folder,
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
            unlocked.vault,
            unlocked.store,
            f"sms-desktop-{_derived(unlocked.key, b'client correlator')}",
            _derived(unlocked.key, b"recovery key"),
            unlocked.was_recovered,
            self.is_scripted,
            self._folder,
        )

    def _choose(self, passphrase: str) -> Vault:
        typed = {"SMS_DESKTOP_PASSPHRASE": passphrase} if passphrase else {}
        return choose(
            {**self._environ, **typed},
            file=self._paths.vault_file,
            tag=self._tag,
            make_random=secrets.token_bytes,
        )

    def _make_folder(self) -> Path:
        from tempfile import TemporaryDirectory

        self._folder = TemporaryDirectory(prefix="sms-desktop-run-")
        return Path(self._folder.name)


def open_profile(paths: Paths, environ: Mapping[str, str] = os.environ) -> Profile:
    """Open or make a profile without asking anybody; raises ``SmsDesktopError`` with a sentence."""
    opening = Opening(paths, environ)
    try:
        return opening.profile(look(opening.place))
    except NotOpened as failed:
        raise failed.cause from None


def _derived(key: bytes, what: bytes) -> str:
    # Constant for the key, as a correlator is in every SDK, and of no use for finding it.
    return hmac.new(key, what, hashlib.sha256).hexdigest()[:24]
