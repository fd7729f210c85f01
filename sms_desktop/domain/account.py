"""Accounts at Kandy and the numbers (DIDs) that belong to them."""

from dataclasses import dataclass
from enum import StrEnum

from sms_desktop.domain.address import Address
from sms_desktop.domain.ids import AccountId


class AccountKind(StrEnum):
    """How an account signs in: with a project's key and secret, or as a user with a password."""

    PROJECT = "project"
    USER = "user"


@dataclass(frozen=True, slots=True)
class Account:
    """One account as the store keeps it; its secret lives in the vault and nowhere else.

    ``tunnel`` names how notifications reach this computer; ``user_id`` is Kandy's
    ``preferred_username``, empty until the first sign-in.
    """

    account_id: AccountId
    kind: AccountKind
    base_url: str
    kandy_client_id: str
    email: str
    user_id: str
    tunnel: str


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A sender number of an account: what the person calls it, and whether it shall receive.

    ``colour`` is ``#rrggbb``; ``position`` orders the rail.
    """

    account_id: AccountId
    number: Address
    name: str
    colour: str
    position: int
    receive: bool
    is_kandy_default: bool
