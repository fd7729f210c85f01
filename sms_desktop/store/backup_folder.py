"""The folder of backups: their names, which ones there are, and which ones have had their time.

The name holds the moment and nothing else, so that a list needs no key.
"""

import logging
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

_PREFIX: Final = "messages-"
_FORM: Final = "%Y%m%dT%H%M%S"
FOLDER: Final = "backups"
_DAYS: Final = 7
_A_DAY: Final = 3
_WEEKS: Final = 4

_log = logging.getLogger(__name__)


def backup_name(at_ms: int) -> str:
    """The file name of a backup that is made now, exact to the millisecond."""
    return f"{_PREFIX}{_moment(at_ms).strftime(_FORM)}.{at_ms % 1000:03}Z.db"


def made_at_ms(name: str) -> int | None:
    """When a backup was made, by its name; ``None`` for any other file."""
    if not (name.startswith(_PREFIX) and name.endswith("Z.db")):
        return None
    stem, _, rest = name[len(_PREFIX) : -len("Z.db")].partition(".")
    try:
        moment = datetime.strptime(stem, _FORM).replace(tzinfo=UTC)
        return int(moment.timestamp()) * 1000 + int(rest)
    except ValueError:
        return None


def backups_in(folder: Path) -> list[Path]:
    """Every backup, the newest first; none where there is no folder."""
    found = [one for one in folder.glob(f"{_PREFIX}*.db") if made_at_ms(one.name) is not None]
    return sorted(found, key=lambda one: made_at_ms(one.name) or 0, reverse=True)


def thin_out(folder: Path) -> None:
    """Remove the backups that have had their time; one that cannot be removed stays."""
    present = backups_in(folder)
    kept = kept_of(one.name for one in present)
    for one in present:
        if one.name not in kept:
            try:
                one.unlink(missing_ok=True)
            except OSError as error:
                _log.info("an old backup stays: %s", type(error).__name__)


def kept_of(names: Iterable[str]) -> set[str]:
    """Of the seven newest days that have backups the last three each, of four weeks before the last one.

    Counted by what there is and not by the calendar: after a year without the program nothing goes.
    """
    moments = sorted(
        ((at, name) for name in names if (at := made_at_ms(name)) is not None), reverse=True
    )
    days: dict[object, list[str]] = {}
    weeks: dict[object, str] = {}
    for at_ms, name in moments:
        day = _moment(at_ms).date()
        if day in days or len(days) < _DAYS:
            days.setdefault(day, []).append(name)
        else:
            monday = day - timedelta(days=day.weekday())
            weeks.setdefault(monday, name)
    kept = {name for of_day in days.values() for name in of_day[:_A_DAY]}
    return kept | set(list(weeks.values())[:_WEEKS])


def sync_folder(folder: Path) -> None:
    """Put a rename on the disk; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms // 1000, UTC)
