"""What the demo's phone can ask of the far end."""

from collections.abc import Sequence
from typing import Protocol

from sms_desktop.domain.address import Address
from sms_desktop.domain.phone_line import Person, PhoneMessage


class PhoneLine(Protocol):
    """The phone at the other end of the demo; every call asks the simulator."""

    async def people(self) -> Sequence[Person]:
        """Everybody whose phone can be used."""
        ...

    async def own_numbers(self) -> Sequence[Address]:
        """The numbers of the demo account that can be texted."""
        ...

    async def messages(self, person: Address, own: Address) -> Sequence[PhoneMessage]:
        """What stands on that person's phone, in rising order."""
        ...

    async def write(self, person: Address, own: Address, text: str) -> None:
        """That person texts an own number."""
        ...

    async def send_from_another_device(self, person: Address, own: Address, text: str) -> None:
        """The account's owner texts the person from somewhere else than this program."""
        ...

    async def set_network(self, *, up: bool) -> None:
        """Cut Kandy off from the program, or heal it."""
        ...

    async def cancel_subscription(self, own: Address) -> None:
        """Have Kandy cancel the subscription of an own number."""
        ...

    async def lose_next_answer(self) -> None:
        """The next text is accepted, and nobody hears of it."""
        ...

    async def burst(self, own: Address) -> None:
        """A thousand texts arrive at an own number within ten seconds."""
        ...

    async def wait_for_change(self) -> None:
        """Returns when something new stands on a phone."""
        ...
