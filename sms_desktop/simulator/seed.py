"""What the demo starts with: numbers, people, and their histories relative to now."""

from collections.abc import Sequence
from typing import Final

from sms_desktop.domain.address import Address
from sms_desktop.domain.message import Direction
from sms_desktop.domain.phone_line import Person
from sms_desktop.simulator.accounts import SimulatedAccount
from sms_desktop.simulator.demo_people import CAST, MARIA
from sms_desktop.simulator.handsets import Handsets
from sms_desktop.simulator.histories import Line, histories
from sms_desktop.simulator.kandy import Kandy
from sms_desktop.simulator.labels import NumberLabel
from sms_desktop.simulator.messages import Status

SEEDS: Final = ("demo", "empty")

DEMO_NUMBERS: Final = (
    NumberLabel(Address("+16139998877"), "Support", "#7c5cfc"),
    NumberLabel(Address("+15202241142"), "On-call", "#12a866"),
    NumberLabel(Address("+13162158007"), "Campaign", "#e27d2f"),
)
"""The demo's own numbers; the first is Kandy's default."""

DEMO_PEOPLE: Final[tuple[Person, ...]] = tuple(one.person for one in CAST)
"""Everybody at the other end; an empty name is somebody whom nobody named."""


DEMO_BOOK: Final[tuple[dict[str, str], ...]] = (
    {
        "firstName": "Maria",
        "lastName": "Rossi",
        "mobilePhoneNumber": MARIA,
        "businessPhoneNumber": "+14165550121",
    },
    {"firstName": "Tomás", "lastName": "Herrera", "homePhoneNumber": "+16135550177"},
    {"firstName": "Ines", "lastName": "Okafor", "mobilePhoneNumber": "+12065550142"},
    {
        "name": "Front desk",
        "emailAddress": "desk@example.com",
        "primaryContact": "desk@example.com",
    },
)
"""Whom the demo's account has in its address book at Kandy, by the vendor's names of attributes."""


def plant(kandy: Kandy, account: SimulatedAccount, handsets: Handsets, now_ms: int) -> None:
    """Fill an account and the phones with the demo's past, oldest text first, and its address book."""
    for entry in DEMO_BOOK:
        account.address_book.add(entry)
    for line in sorted(histories(now_ms), key=lambda line: line.at_ms):
        local = _own_number(account.numbers, line.own_index)
        direction = Direction.OUTBOUND if line.ours else Direction.INBOUND
        message = kandy.make_message(direction, local, line.person, line.text, line.at_ms)
        message.status = _status(line)
        message.pulled = not line.new
        account.messages.add(message)
        handsets.add(line.person, local, line.text, mine=not line.ours, at_ms=line.at_ms)


def _own_number(numbers: Sequence[Address], index: int) -> Address:
    return numbers[min(index, len(numbers) - 1)]


def _status(line: Line) -> Status:
    if line.ours and not line.only_accepted:
        return Status.TERMINAL
    return Status.NETWORK
