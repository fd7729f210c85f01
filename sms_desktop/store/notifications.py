"""Remembers which notifications were taken, and keeps the ones that nobody understood."""

from typing import Final

from apsw import Connection

from sms_desktop.domain.ids import AccountId, NotificationId
from sms_desktop.store.values import clamped_ms, clean

MOST_UNKNOWN: Final = 1000
_REMEMBERED_MS: Final = 30 * 24 * 3600 * 1000
"""Nobody repeats a notification after so long; its message id would still make it harmless."""

_PRUNED_AT_ONCE: Final = 500


def first_time(
    db: Connection, account_id: AccountId, notification_id: NotificationId, now_ms: int
) -> bool:
    """Note that a notification came; ``False`` for a repeated delivery."""
    db.execute(
        "INSERT INTO notification_seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        (account_id, clean(notification_id), clamped_ms(now_ms)),
    )
    return db.changes() > 0


def forget_old(db: Connection, now_ms: int) -> None:
    """Forget some hundred notifications that came long ago; small enough to do at any time."""
    db.execute(
        "DELETE FROM notification_seen WHERE (account_id, notification_id) IN"
        " (SELECT account_id, notification_id FROM notification_seen WHERE seen_at_ms < ? LIMIT ?)",
        (clamped_ms(now_ms - _REMEMBERED_MS), _PRUNED_AT_ONCE),
    )


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
