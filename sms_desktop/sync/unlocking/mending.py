"""Opens a store that may be damaged or gone: the newest good backup takes its place, or an empty one.

The damaged file is put aside under a telling name. A key that does not fit is never taken for damage.
"""

import logging
from pathlib import Path
from typing import Final

from sms_desktop.store.backup_folder import FOLDER, backups_in, made_at_ms
from sms_desktop.store.damage import end_suspicion, is_damaged_for_certain, look_through
from sms_desktop.store.database import Database, open_database
from sms_desktop.store.errors import Damaged, StoreError, WrongKey
from sms_desktop.store.restoring import aside_label, put_aside, restore

_log = logging.getLogger(__name__)

FROM_BACKUP: Final = (
    "Your messages on this computer were damaged; those of the backup of {moment} are back, what is "
    "newer comes back from Kandy, and the damaged file is kept as {aside}."
)
GONE_FROM_BACKUP: Final = (
    "The file of your messages was gone or empty; those of the backup of {moment} are back, and what "
    "is newer comes back from Kandy."
)
EMPTY: Final = (
    "Your messages on this computer were damaged and there is no backup; sign in again and Kandy's "
    "history brings back what it has, while the damaged file is kept as {aside}."
)


def open_or_say_why(path: Path, key: bytes) -> Database:
    """Open the store; raises ``Damaged`` instead of ``WrongKey`` where the key is not at fault."""
    try:
        look_through(path, key)
        return open_database(path, key)
    except WrongKey:
        if path.exists() and is_damaged_for_certain(path, key):
            raise Damaged from None
        raise


def has_usable_backup(path: Path) -> bool:
    """Whether a store that is gone has left backups."""
    return bool(backups_in(path.parent / FOLDER))


def mend(path: Path, key: bytes) -> str:
    """Put the newest good backup, or nothing, in the store's place; the sentence for the person.

    Nobody else may have the store open. Raises ``BackupFailed``; then nothing has changed.
    """
    was_there = path.exists() and path.stat().st_size > 0
    label = aside_label("damaged")
    folder = path.parent / FOLDER
    for backup in backups_in(folder):
        try:
            aside = restore(path, key, folder, backup.name, label)
        except StoreError as error:
            _log.info("a backup is no good: %s", type(error).__name__)
            continue
        end_suspicion(path)
        sentence = FROM_BACKUP if was_there else GONE_FROM_BACKUP
        return sentence.format(moment=_moment(backup), aside=aside.name if aside else "")
    aside = put_aside(path, label)
    end_suspicion(path)
    return EMPTY.format(aside=aside.name) if was_there and aside else ""


def _moment(backup: Path) -> str:
    from datetime import datetime

    moment = datetime.fromtimestamp((made_at_ms(backup.name) or 0) / 1000).astimezone()
    return f"{moment.day} {moment:%B, %H:%M}"
