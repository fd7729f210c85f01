"""Remembers which notifications were taken, and keeps the ones that nobody understood."""

from typing import Final

from apsw import Connection

from sms_desktop.domain.ids import AccountId, NotificationId
from sms_desktop.store.values import clamped_ms, clean

MOST_UNKNOWN: Final = 1000


def first_time(
    db: Connection, account_id: AccountId, notification_id: NotificationId, now_ms: int
) -> bool:
    """Note that a notification came; ``False`` for a repeated delivery."""
    db.execute(
        "INSERT INTO notification_seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (account_id, clean(notification_id), clamped_ms(now_ms)),
    )
    return db.changes() > 0


def keep_unknown(
    db: Connection, account_id: AccountId | None, kind: str, raw: bytes, now_ms: int
) -> None:
    """Keep the bytes of a notification for the diagnostic log; only the newest thousand stay."""
    db.execute(
        "INSERT INTO unknown_notification (account_id, kind, raw, at_ms) VALUES (?, ?, ?, ?)",
        (account_id, clean(kind), raw, clamped_ms(now_ms)),
    )
    db.execute(
        "DELETE FROM unknown_notification WHERE id <= ?",
        (db.last_insert_rowid() - MOST_UNKNOWN,),
    )
