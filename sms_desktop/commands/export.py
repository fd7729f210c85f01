"""``export``: every message of the profile as JSON lines."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from sms_desktop.commands.output import standard_output
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.paths import Paths
from sms_desktop.profile.profile import open_profile
from sms_desktop.store import export
from sms_desktop.store.connection import Connection


class ExportFailed(SmsDesktopError):
    """The file cannot be written; the message says why."""

    sentence = "The export could not be written."


async def export_timeline(paths: Paths, target: str) -> int:
    """Write every timeline row as a JSON line to a file, or to stdout for ``-``."""
    profile = open_profile(paths)
    try:
        if target == "-":
            await profile.store.read_long(_write_stdout)
        else:
            await profile.store.read_long(lambda db: _write_file(db, Path(target)))
    except OSError as error:
        raise ExportFailed(f"{target} cannot be written: {error.strerror}.") from error
    finally:
        profile.close()
    return 0


def _write_stdout(db: Connection) -> None:
    with standard_output() as out:
        _write_rows(db, out)


def _write_file(db: Connection, target: Path) -> None:
    with target.open("w", encoding="utf-8") as out:
        _write_rows(db, out)


def _write_rows(db: Connection, out: TextIO) -> None:
    for row in export.rows(db):
        line = {
            "message_id": row.message_id,
            "client_id": row.client_id,
            "direction": row.direction.value,
            "local_address": row.local,
            "remote_address": row.remote,
            "text": row.text,
            "at": _iso(row.at_ms),
            "state": row.state.value,
        }
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _iso(at_ms: int) -> str:
    moment = datetime.fromtimestamp(at_ms / 1000, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
