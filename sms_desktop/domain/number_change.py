"""What a person may change about an own number, and what cannot be."""

import re
from dataclasses import dataclass, replace
from typing import Final

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.errors import Slip
from sms_desktop.domain.signature import tidy_signature

LONGEST_NAME: Final = 40
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}", re.ASCII)


class NoColour(Slip):
    """Not ``#rrggbb``."""

    sentence = "A colour is written #rrggbb, as in #12a866."


class NameTooLong(Slip):
    """A name that no list could show."""

    sentence = f"This name is too long: at most {LONGEST_NAME} characters."


class NoSuchPlace(Slip):
    """A place in the order that there is not; the message says which there are."""

    sentence = "There is no such place in the order."


class NothingToChange(Slip):
    """A change that changes nothing."""

    sentence = (
        "Say what to change: --name, --colour, --order, --receive, --notify, --hidden, "
        "--signature or --default-sender."
    )


@dataclass(frozen=True, slots=True)
class NumberChange:
    """``None`` leaves a thing as it is.

    ``place`` counts from 1, over the numbers of all accounts; ``default_sender`` makes the number the
    person's own default, in the place of any other one, or takes that back.
    """

    name: str | None = None
    colour: str | None = None
    place: int | None = None
    receive: bool | None = None
    notify: bool | None = None
    hidden: bool | None = None
    signature: str | None = None
    default_sender: bool | None = None

    def applied(self, number: OwnNumber) -> OwnNumber:
        """The number after the change, its place and rank aside; raises what cannot be."""
        return replace(
            number,
            name=number.name if self.name is None else tidy_name(self.name),
            colour=number.colour if self.colour is None else checked_colour(self.colour),
            receive=number.receive if self.receive is None else self.receive,
            notify=number.notify if self.notify is None else self.notify,
            is_hidden=number.is_hidden if self.hidden is None else self.hidden,
            signature=(
                number.signature if self.signature is None else tidy_signature(self.signature)
            ),
        )


def tidy_name(raw: str) -> str:
    """A name as it is kept, with single blanks; raises ``NameTooLong``."""
    name = " ".join("".join(c if c.isprintable() else " " for c in raw).split())
    if len(name) > LONGEST_NAME:
        raise NameTooLong
    return name


def checked_colour(raw: str) -> str:
    """A colour as it is kept, ``#rrggbb`` in small letters; raises ``NoColour``."""
    colour = raw.strip().lower()
    if not _COLOUR.fullmatch(colour):
        raise NoColour
    return colour


def checked_place(place: int, count: int) -> int:
    """The index that a place from 1 to ``count`` means; raises ``NoSuchPlace``."""
    if not 1 <= place <= count:
        ends = "1" if count == 1 else f"from 1 to {count}"
        raise NoSuchPlace(f"There is no such place in the order: it must be {ends}.")
    return place - 1
