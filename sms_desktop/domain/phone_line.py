"""What stands on the phones at the other end of the line in the demo."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the other end of the line; ``name`` is empty where nobody knows it."""

    number: Address
    name: str


@dataclass(frozen=True, slots=True)
class PhoneMessage:
    """One text on the phone of a person: ``mine`` when that person wrote it."""

    text: str
    mine: bool
    at_ms: int
