"""Writes accounts. Their secrets are in the vault; nothing of them passes through here."""

from apsw import Connection

from sms_desktop.domain.account import Account, AccountKind
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.connection import select

_SELECT = "SELECT id, kind, base_url, kandy_client_id, email, user_id, tunnel FROM account WHERE "


def add(
    db: Connection,
    kind: AccountKind,
    base_url: str,
    kandy_client_id: str,
    email: str,
    user_id: str,
    tunnel: str,
) -> Account:
    """Keep an account; one that is known, even if it was removed, is updated and comes back.

    The same base URL, client id and user id mean the same account; where the user id is not known
    yet, the e-mail stands in for it.
    """
    found = db.execute(
        "SELECT id FROM account WHERE base_url = ?1 AND kandy_client_id = ?2"
        " AND ((user_id = ?3 AND ?3 <> '') OR ((user_id = '' OR ?3 = '') AND email = ?4))"
        " ORDER BY user_id <> ?3, id LIMIT 1",
        (base_url, kandy_client_id, user_id, email),
    ).get
    if found is None:
        db.execute(
            "INSERT INTO account (kind, base_url, kandy_client_id, email, user_id, tunnel)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (kind, base_url, kandy_client_id, email, user_id, tunnel),
        )
        found = db.last_insert_rowid()
    else:
        db.execute(
            "UPDATE account SET kind = ?1, email = ?2, tunnel = ?4, is_removed = 0,"
            " user_id = CASE ?3 WHEN '' THEN user_id ELSE ?3 END WHERE id = ?5",
            (kind, email, user_id, tunnel, found),
        )
    return _accounts(db, "id = ?", (found,))[0]


def change(
    db: Connection,
    account_id: AccountId,
    kind: AccountKind,
    base_url: str,
    kandy_client_id: str,
    email: str,
    user_id: str,
    tunnel: str,
) -> Account:
    """Edit an account in its place: conversations, numbers and messages stay with it."""
    db.execute(
        "UPDATE account SET kind = ?, base_url = ?, kandy_client_id = ?, email = ?, user_id = ?,"
        " tunnel = ? WHERE id = ?",
        (kind, base_url, kandy_client_id, email, user_id, tunnel, account_id),
    )
    return _accounts(db, "id = ?", (account_id,))[0]


def set_signed_in(db: Connection, account_id: AccountId, user_id: str) -> None:
    """Keep the user id that Kandy's token names."""
    db.execute("UPDATE account SET user_id = ? WHERE id = ?", (user_id, account_id))


def all_accounts(db: Connection) -> list[Account]:
    """Every account that was not removed, in the order in which they were added."""
    return _accounts(db, "is_removed = 0", ())


def remove(db: Connection, account_id: AccountId) -> None:
    """Hide an account and forget its channels; its messages stay and can be read."""
    db.execute("UPDATE account SET is_removed = 1 WHERE id = ?", (account_id,))
    db.execute("DELETE FROM subscription WHERE account_id = ?", (account_id,))
    db.execute("DELETE FROM channel WHERE account_id = ?", (account_id,))
    db.execute("DELETE FROM asked_channel WHERE account_id = ?", (account_id,))


def _accounts(db: Connection, condition: str, values: tuple[int, ...]) -> list[Account]:
    rows = select(db, _SELECT + condition + " ORDER BY id", values)
    return [Account(AccountId(row[0]), AccountKind(row[1]), *row[2:]) for row in rows]
