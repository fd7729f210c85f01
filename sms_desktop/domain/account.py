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


NumberKey = tuple[AccountId, Address]
"""Which own number: two accounts may have the same one."""


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A sender number of an account: what the person calls it, and whether it shall receive.

    ``colour`` is ``#rrggbb``; ``position`` orders the rail. ``notify``: whether news of it may draw
    attention, by whatever means. ``is_hidden``: its conversations are shown where the number itself
    is chosen, and not among all. ``signature`` may have lines. ``is_kandy_default``: Kandy takes it
    where no sender is named; ``is_default_sender``: the person takes it where nothing says otherwise.
    ``is_by_hand``: nobody but the person says that it is theirs.
    """

    account_id: AccountId
    number: Address
    name: str
    colour: str
    position: int
    receive: bool
    is_kandy_default: bool
    notify: bool = True
    is_hidden: bool = False
    signature: str = ""
    is_default_sender: bool = False
    is_by_hand: bool = False

    @property
    def key(self) -> NumberKey:
        """Which number it is."""
        return self.account_id, self.number
