"""How far Kandy's history has been read."""

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clamped_ms


def newest_known_ms(
    db: Connection, account_id: AccountId, local: Address, remote: Address
) -> int | None:
    """Kandy's time of the newest message that it stated in a thread; ``None`` without one.

    Times of this computer's clock do not count. Older messages may still be missing: a live
    notification comes before the catch-up.
    """
    found = select(
        db,
        "SELECT newest_known_at_ms FROM conversation"
        " WHERE account_id = ? AND local = ? AND remote = ?",
        (account_id, local, remote),
    )
    return None if not found or found[0][0] is None else int(found[0][0])


def read_at_ms(db: Connection, account_id: AccountId) -> int | None:
    """When the account's history was last read completely; ``None`` before the first import."""
    found = db.execute("SELECT history_read_at_ms FROM account WHERE id = ?", (account_id,)).get
    return None if found is None else int(found)


def set_read_at_ms(db: Connection, account_id: AccountId, at_ms: int) -> None:
    """The account's history was read completely; ``at_ms``: when that reading began."""
    db.execute(
        "UPDATE account SET history_read_at_ms = ? WHERE id = ?", (clamped_ms(at_ms), account_id)
    )
