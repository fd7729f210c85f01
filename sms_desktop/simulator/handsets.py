"""What stands on the phones of the people at the other end; Kandy's history does not matter there."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address
from sms_desktop.domain.phone_line import PhoneMessage
from sms_desktop.simulator.journal import Changes


@dataclass(frozen=True, slots=True)
class _Kept:
    at_ms: int
    number: int
    message: PhoneMessage


class Handsets:
    """Texts by person and own number; ``changes`` rises with each new one."""

    def __init__(self) -> None:
        self.changes = Changes()
        self._texts: dict[tuple[Address, Address], list[_Kept]] = {}

    def add(self, person: Address, own: Address, text: str, *, mine: bool, at_ms: int) -> None:
        """A text came to a phone, or was written on it (``mine``)."""
        kept = self._texts.setdefault((person, own), [])
        kept.append(_Kept(at_ms, len(kept), PhoneMessage(text, mine, at_ms)))
        self.changes.note()

    def messages(self, person: Address, own: Address) -> list[PhoneMessage]:
        """What stands on a phone about one own number, in rising order of time."""
        kept = self._texts.get((person, own), [])
        return [k.message for k in sorted(kept, key=lambda k: (k.at_ms, k.number))]

    def people(self) -> list[Address]:
        """Everybody who has a text on the phone."""
        return list(dict.fromkeys(person for person, _ in self._texts))
