"""An open profile: its folders, its vault, and its store under the key from the vault."""

import hashlib
import hmac
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sms_desktop.paths import Paths
from sms_desktop.store.database import Database, open_database
from sms_desktop.vault.choose import choose
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.models import Vault


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything of one ``--basedir``; ``correlator`` names this installation to Kandy."""

    paths: Paths
    vault: Vault
    store: Database
    correlator: str


def open_profile(paths: Paths, environ: Mapping[str, str] = os.environ) -> Profile:
    """Open or make a profile; raises ``SmsDesktopError`` with a sentence."""
    paths.make()
    vault = choose(
        environ,
        file=paths.vault_file,
        tag=paths.profile_tag(),
        make_random=secrets.token_bytes,
    )
    key = database_key(vault, secrets.token_bytes, may_make=not paths.database.exists())
    return Profile(paths, vault, open_database(paths.database, key), _correlator(key))


def _correlator(key: bytes) -> str:
    # Constant for the installation, as in every SDK, and of no use for finding the key.
    return "sms-desktop-" + hmac.new(key, b"client correlator", hashlib.sha256).hexdigest()[:24]
