"""What the demo calls its own numbers."""

from dataclasses import dataclass

from sms_desktop.domain.address import Address


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """Name and colour (``#rrggbb``) of an own number; ``receive`` is ``False`` for a paused one."""

    number: Address
    name: str
    colour: str
    receive: bool = True
