"""Writes the own numbers of accounts: which there are, and what the person made of them."""

from collections.abc import Sequence
from typing import Final

from apsw import Connection

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId
from sms_desktop.store.connection import select
from sms_desktop.store.values import clean

COLOURS: Final = (
    "#7c5cfc",
    "#12a866",
    "#e27d2f",
    "#d2476b",
    "#2f6fed",
    "#8b5a3c",
    "#0e9aa7",
    "#b8860b",
)
_SELECT: Final = (
    "SELECT n.account_id, n.number, n.name, n.colour, n.position, n.receive, n.is_kandy_default"
    " FROM number n JOIN account a ON a.id = n.account_id"
    " WHERE n.is_assigned AND NOT a.is_removed ORDER BY n.position, n.account_id, n.number"
)


def merge_found(
    db: Connection, account_id: AccountId, numbers: Sequence[Address]
) -> list[OwnNumber]:
    """Make the account's numbers those that Kandy assigns to it now; gives them in order.

    New ones get a free colour and receive. One that is no longer assigned is hidden, and has its
    name and colour again when it comes back. What the person added (``chosen_numbers``) stays.
    """
    db.execute(
        "UPDATE number SET is_assigned = 0 WHERE account_id = ? AND is_assigned = 1", (account_id,)
    )
    for number in dict.fromkeys(Address(clean(number)) for number in numbers):
        position = db.execute("SELECT ifnull(max(position) + 1, 0) FROM number").get
        db.execute(
            "INSERT INTO number (account_id, number, name, colour, position, receive)"
            " VALUES (?, ?, '', ?, ?, 1) ON CONFLICT DO UPDATE SET is_assigned = 1",
            (account_id, number, free_colour(db), position),
        )
    return [number for number in all_numbers(db) if number.account_id == account_id]


def all_numbers(db: Connection) -> list[OwnNumber]:
    """The assigned numbers of every account that was not removed, in the order of the rail."""
    return [
        OwnNumber(account, number, name, colour, position, bool(receive), bool(is_default))
        for account, number, name, colour, position, receive, is_default in select(db, _SELECT)
    ]


def change(db: Connection, number: OwnNumber) -> None:
    """Keep what the person decided: name, colour, position, receive."""
    db.execute(
        "UPDATE number SET name = ?, colour = ?, position = ?, receive = ?"
        " WHERE account_id = ? AND number = ?",
        (
            clean(number.name),
            number.colour,
            number.position,
            number.receive,
            number.account_id,
            number.number,
        ),
    )


def set_kandy_default(db: Connection, account_id: AccountId, number: Address) -> None:
    """Kandy took this number for the ``default`` sender; no other one is the default then."""
    db.execute(
        "UPDATE number SET is_kandy_default = (number = ?) WHERE account_id = ?",
        (number, account_id),
    )


def free_colour(db: Connection) -> str:
    """The colour that the fewest numbers have."""
    used = [row[0] for row in select(db, "SELECT colour FROM number")]
    return min(COLOURS, key=lambda colour: (used.count(colour), COLOURS.index(colour)))
