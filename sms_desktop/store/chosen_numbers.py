"""Writes the numbers that a person has decided about when setting an account up."""

from collections.abc import Sequence

from apsw import Connection

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.setting_up import NumberChoice
from sms_desktop.store.numbers import free_colour
from sms_desktop.store.values import clean


def keep(db: Connection, account_id: AccountId, choices: Sequence[NumberChoice]) -> None:
    """Keep name, colour and receive of each; a number that Kandy does not list is kept all the same.

    Such a number stays until the account goes: ``is_assigned`` is 2, which no list of Kandy's hides.
    """
    for choice in choices:
        position = db.execute("SELECT ifnull(max(position) + 1, 0) FROM number").get
        db.execute(
            "INSERT INTO number (account_id, number, name, colour, position, receive, is_assigned)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, 2) ON CONFLICT DO UPDATE SET"
            " name = ?3, receive = ?6, is_assigned = iif(is_assigned = 1, 1, 2),"
            " colour = iif(?7 = '', colour, ?7)",
            (
                account_id,
                clean(choice.number),
                clean(choice.name),
                choice.colour or free_colour(db),
                position,
                choice.receive,
                choice.colour,
            ),
        )


def add(db: Connection, account_id: AccountId, number: Address) -> None:
    """Take a number for the account's own, to receive; one that was here before is as it was."""
    position = db.execute("SELECT ifnull(max(position) + 1, 0) FROM number").get
    db.execute(
        "INSERT INTO number (account_id, number, name, colour, position, receive, is_assigned)"
        " VALUES (?, ?, '', ?, ?, 1, 2) ON CONFLICT DO UPDATE SET"
        " receive = 1, is_assigned = iif(is_assigned = 1, 1, 2)",
        (account_id, clean(number), free_colour(db), position),
    )


def adopt(db: Connection, account_id: AccountId, number: Address) -> None:
    """Take a number that Kandy names for the account's own; what the person took off stays off."""
    is_known = "SELECT 1 FROM number WHERE account_id = ? AND number = ?"
    if db.execute(is_known, (account_id, clean(number))).get is None:
        add(db, account_id, number)


def take_off(db: Connection, account_id: AccountId, number: Address) -> None:
    """Forget a number that only the person has named; one that Kandy assigns stays."""
    db.execute(
        "UPDATE number SET is_assigned = 0 WHERE account_id = ? AND number = ? AND is_assigned = 2",
        (account_id, number),
    )
