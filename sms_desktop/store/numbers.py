"""Writes the own numbers of accounts: which there are, and what the person made of them."""

from collections.abc import Sequence
from typing import Any, Final

from apsw import Connection

from sms_desktop.domain.account import NumberKey, OwnNumber
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
    "SELECT n.account_id, n.number, n.name, n.colour, n.position, n.receive, n.is_kandy_default,"
    " n.notify, n.is_hidden, n.signature, n.is_default_sender,"
    " n.is_assigned = 2"
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
    return [_number_from(row) for row in select(db, _SELECT)]


def change(db: Connection, number: OwnNumber) -> None:
    """Keep what the person decided about one number; its place and its rank have their own calls."""
    db.execute(
        "UPDATE number SET name = ?, colour = ?, receive = ?, notify = ?, is_hidden = ?,"
        " signature = ? WHERE account_id = ? AND number = ?",
        (
            clean(number.name),
            number.colour,
            number.receive,
            number.notify,
            number.is_hidden,
            clean(number.signature),
            number.account_id,
            number.number,
        ),
    )


def put_in_order(db: Connection, order: Sequence[NumberKey]) -> None:
    """Let these numbers come first, in this order; all others follow in the order that they have."""
    present = [number.key for number in all_numbers(db)]
    wanted = [key for key in dict.fromkeys(order) if key in present]
    for position, key in enumerate([*wanted, *(k for k in present if k not in wanted)]):
        db.execute(
            "UPDATE number SET position = ? WHERE account_id = ? AND number = ?", (position, *key)
        )


def set_default_sender(db: Connection, chosen: NumberKey | None) -> None:
    """Make a number the person's own default in the place of any other; ``None``: there is none."""
    db.execute(
        "UPDATE number SET is_default_sender = ifnull((account_id, number) = (?, ?), 0)",
        chosen or (None, None),
    )


def set_kandy_default(db: Connection, account_id: AccountId, number: Address) -> None:
    """Kandy took this number for the ``default`` sender; no other one is the default then."""
    db.execute(
        "UPDATE number SET is_kandy_default = (number = ?) WHERE account_id = ?",
        (number, account_id),
    )


def _number_from(row: tuple[Any, ...]) -> OwnNumber:
    account, number, name, colour, position, receive, is_default, *wishes = row
    notify, is_hidden, signature, is_default_sender, is_by_hand = wishes
    return OwnNumber(
        account,
        number,
        name,
        colour,
        position,
        bool(receive),
        bool(is_default),
        bool(notify),
        bool(is_hidden),
        signature,
        bool(is_default_sender),
        bool(is_by_hand),
    )


def free_colour(db: Connection) -> str:
    """The colour that the fewest numbers have."""
    used = [row[0] for row in select(db, "SELECT colour FROM number")]
    return min(COLOURS, key=lambda colour: (used.count(colour), COLOURS.index(colour)))
