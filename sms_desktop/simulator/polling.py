"""Reading what the control routes have in common: addresses, and long polls."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web

from sms_desktop.domain.address import Address, canonical
from sms_desktop.simulator.journal import Changes
from sms_desktop.simulator.refusals import invalid_input

_LONGEST_S: Final = 60.0


def address_in(fields: Mapping[str, object], name: str) -> Address:
    """An address that must be there; raises ``Refusal`` (400)."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise invalid_input(name)
    return canonical(value)


async def long_poll(changes: Changes, request: web.Request) -> web.Response:
    """Answers ``{"version": …}`` once it is above ``?since=…``, or after ``?timeout_s=…`` anyway."""
    try:
        since = int(request.query.get("since", "0"))
        timeout_s = min(float(request.query.get("timeout_s", "25")), _LONGEST_S)
    except ValueError:
        raise invalid_input("since") from None
    return web.json_response({"version": await changes.beyond(since, timeout_s)})
