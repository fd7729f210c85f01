"""Which destinations the simulated Kandy takes."""

import re
from typing import Final

from sms_desktop.domain.address import Address, canonical, is_phone_number, is_short_code
from sms_desktop.simulator.refusals import invalid_input, too_many_addresses

_NAME: Final = re.compile(r"^(?=.*[A-Za-z])[A-Za-z0-9 ._&-]{1,11}$")


def is_sender_name(address: Address) -> bool:
    """Whether the address is an alphanumeric sender, up to eleven characters with a letter."""
    return bool(_NAME.match(address))


def destination(addresses: object) -> Address:
    """The one destination of a send, in canonical form; raises ``Refusal`` (400).

    All five forms of a phone number are taken, and short codes. A sender name cannot be texted.
    """
    if not isinstance(addresses, list) or not addresses:
        raise invalid_input("address")
    if len(addresses) > 1:
        raise too_many_addresses()
    if not isinstance(addresses[0], str):
        raise invalid_input("address")
    address = canonical(addresses[0])
    if not is_phone_number(address) and not is_short_code(address):
        raise invalid_input("address")
    return address
