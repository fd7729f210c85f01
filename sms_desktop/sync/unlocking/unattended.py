"""Opens a profile's store with what is there, asking nobody: what nearly every start does.

Imports nothing that only questions need. A key is made only where there are no messages.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.store.database import Database, check_key
from sms_desktop.store.errors import Damaged, WrongKey
from sms_desktop.sync.unlocking.mending import has_usable_backup, mend, open_or_say_why
from sms_desktop.vault.errors import VaultError
from sms_desktop.vault.keys import database_key, former_database_keys, replace_database_key
from sms_desktop.vault.models import Vault


@dataclass(frozen=True, slots=True)
class Place:
    """Where a profile's store and secrets are, and how to get at them.

    ``choose`` gives the vault for a passphrase, which is empty while nobody typed one.
    ``make_folder`` makes a folder for a store that shall not be kept. ``alone`` is held while a
    damaged store is exchanged; entering it raises where another process has the store open.
    """

    database: Path
    vault_file: Path
    choose: Callable[[str], Vault]
    make_random: Callable[[int], bytes]
    make_folder: Callable[[], Path]
    alone: Callable[[], AbstractContextManager[object]] = nullcontext

    def has_messages(self) -> bool:
        """Whether there is a store that a key must fit."""
        # A start that was cut off may leave an empty file, which every key fits.
        files = (self.database, self.database.with_name(self.database.name + "-wal"))
        return any(file.exists() and file.stat().st_size for file in files)

    def fits(self, key: bytes) -> bool:
        """Whether a key opens the store that is there."""
        try:
            check_key(self.database, key)
        except WrongKey:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Unlocked:
    """The open store at ``database``; ``is_new`` where it was made a moment ago.

    ``was_recovered`` where the person has typed the recovery key; ``notice`` is a sentence about a
    damaged store that was exchanged.
    """

    vault: Vault
    key: bytes = field(repr=False)
    database: Path
    store: Database
    is_new: bool
    was_recovered: bool = False
    notice: str = ""


class NotOpened(Exception):
    """The store did not open: ``cause`` says why. ``vault`` is the one that was asked, if any."""

    def __init__(self, cause: SmsDesktopError, has_messages: bool, vault: Vault | None) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.has_messages = has_messages
        self.vault = vault


def look(place: Place, passphrase: str = "") -> Unlocked:
    """Open the store, making it where there is none yet.

    Raises ``NotOpened`` where an answer could help, and other errors of the store where none can.
    """
    has_messages = place.has_messages()
    vault: Vault | None = None
    try:
        vault = place.choose(passphrase)
        key = database_key(vault, place.make_random, may_make=not has_messages)
        return open_with(place, vault, key)
    except (VaultError, WrongKey) as error:
        raise NotOpened(error, has_messages, vault) from error


def open_with(place: Place, vault: Vault, key: bytes) -> Unlocked:
    """Open the store with the vault's key, or with one that it has put aside.

    Raises ``WrongKey``, and other errors of the store and the vault.
    """
    if vault.name == "memory":
        # Its key is gone with this run, and a store without a key is of no use to anybody.
        place = replace(place, database=place.make_folder() / place.database.name)
    is_new = not place.has_messages()
    notice = ""
    if is_new and has_usable_backup(place.database):
        notice = _mend(place, key)
    try:
        store = open_or_say_why(place.database, key)
    except Damaged:
        notice = _mend(place, key)
        store = open_or_say_why(place.database, key)
    except WrongKey:
        former = next((old for old in former_database_keys(vault) if place.fits(old)), None)
        if former is None:
            raise
        replace_database_key(vault, former)
        key, store = former, open_or_say_why(place.database, former)
    return Unlocked(vault, key, place.database, store, is_new, notice=notice)


def _mend(place: Place, key: bytes) -> str:
    with place.alone():
        return mend(place.database, key)
