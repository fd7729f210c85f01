"""``backup``: list the backups of a profile, make one, or go back to one."""

import asyncio
import os
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from filelock import FileLock, Timeout

from sms_desktop.commands.output import print_json, print_line, print_table
from sms_desktop.commands.terminal import unlocked_at_terminal
from sms_desktop.compose import now_ms
from sms_desktop.domain.backup import Backup
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import Opening, open_profile
from sms_desktop.vault.errors import AppLocked
from sms_desktop.vault.keys import database_key
from sms_desktop.vault.models import Vault


class WindowIsOpen(SmsDesktopError):
    """The messages cannot be exchanged under a program that shows them."""

    sentence = (
        "SMS Desktop is open on this profile. Close it first, or use Settings › Privacy › Backups."
    )


async def list_backups(paths: Paths, *, as_json: bool) -> int:
    """Print every backup, the newest first."""
    profile = open_profile(paths)
    try:
        found = await profile.store.backups(paths.backups)
    finally:
        await asyncio.to_thread(profile.close)
    if as_json:
        print_json([_described(one) for one in found])
    elif found:
        print_table([["NAME", "MADE", "SIZE", "MESSAGES"], *map(_row, found)])
    else:
        print_line("There is no backup yet. Make one with “backup create”.")
    return 0


async def create_backup(paths: Paths, *, as_json: bool) -> int:
    """Make one now, also while the window is open."""
    profile = open_profile(paths)
    try:
        made = await profile.store.back_up(paths.backups, now_ms())
    finally:
        await asyncio.to_thread(profile.close)
    if as_json:
        print_json(_described(made))
    else:
        print_line(f"{made.name}: {made.messages} messages, {made.size_bytes} bytes")
    return 0


def restore_backup(
    paths: Paths, name: str, *, as_json: bool, environ: Mapping[str, str] = os.environ
) -> int:
    """Put a backup in the place of the messages, which stay beside it under another name."""
    from sms_desktop.store.restoring import aside_label, restore

    paths.make()
    lock = FileLock(paths.lock_file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise WindowIsOpen from None
    try:
        key = _key(Opening(paths, environ).place.choose(""))
        aside = restore(paths.database, key, paths.backups, name, aside_label("replaced"))
    finally:
        lock.release()
    if as_json:
        print_json({"restored": name, "put_aside": None if aside is None else aside.name})
    else:
        rest = "" if aside is None else f" What was there before is kept as {aside.name}."
        print_line(
            f"The messages are those of {name} now.{rest} "
            "What is newer comes back from Kandy at the next start."
        )
    return 0


def _key(vault: Vault) -> bytes:
    try:
        return database_key(vault, secrets.token_bytes, may_make=False)
    except AppLocked as locked:
        opened = unlocked_at_terminal(vault, locked)
        return database_key(opened, secrets.token_bytes, may_make=False)


def _described(backup: Backup) -> dict[str, Any]:
    return {
        "name": backup.name,
        "made_at": _iso(backup.at_ms),
        "bytes": backup.size_bytes,
        "messages": backup.messages,
    }


def _row(backup: Backup) -> list[Any]:
    messages = "another key, or damaged" if backup.messages is None else backup.messages
    return [backup.name, _iso(backup.at_ms), backup.size_bytes, messages]


def _iso(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
