"""What a person says when an account is set up, and what Kandy says to it. Values only."""

from dataclasses import dataclass, field
from enum import StrEnum

from sms_desktop.domain.account import AccountKind
from sms_desktop.domain.address import Address


class Part(StrEnum):
    """The part of what was typed that a sentence is about; ``WHOLE`` where it is about no single one."""

    KIND = "kind"
    BASE_URL = "base_url"
    CLIENT_ID = "client_id"
    EMAIL = "email"
    SECRET = "secret"  # noqa: S105 - the name of a field
    WAY = "way"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class SignIn:
    """What is typed to sign in; ``email`` counts for users only, ``secret`` is theirs a password."""

    kind: AccountKind
    base_url: str
    client_id: str
    email: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignInFindings:
    """What a sign-in that worked has shown.

    ``base_url`` in its checked form; ``numbers`` that Kandy assigns to the user, perhaps none;
    ``clock_trouble`` is a sentence where this computer's clock is wrong, and else empty.
    """

    base_url: str
    user_id: str
    numbers: tuple[Address, ...]
    clock_trouble: str = ""


class Source(StrEnum):
    """Where a number was found."""

    ASSIGNED = "assigned"
    SUBSCRIBED = "subscribed"
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """An own number that Kandy knows of, and from where."""

    number: Address
    sources: frozenset[Source]


@dataclass(frozen=True, slots=True)
class FoundNumbers:
    """Every number that was found, the assigned ones first.

    ``trouble``: a sentence where Kandy did not answer every question; there may be more then.
    """

    numbers: tuple[FoundNumber, ...]
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """What the person decided about one number; ``colour`` is ``#rrggbb``, or empty for any free one."""

    number: Address
    name: str = ""
    colour: str = ""
    receive: bool = True


class RoundStage(StrEnum):
    """The steps of a test message, in their order."""

    WAY_OPEN = "way_open"
    SUBSCRIBED = "subscribed"
    ACCEPTED = "accepted"
    CAME_BACK = "came_back"


@dataclass(frozen=True, slots=True)
class NumbersRefreshed:
    """What a look for numbers came to, over every account that is signed in (``asked`` of them).

    ``new`` are in the list now, ``gone`` is how many left it; ``others`` appear at Kandy without
    being assigned. ``trouble``: a sentence where Kandy did not answer every question.
    """

    asked: int
    new: tuple[Address, ...] = ()
    gone: int = 0
    others: tuple[Address, ...] = ()
    trouble: str = ""
