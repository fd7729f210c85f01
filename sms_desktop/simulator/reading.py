"""Reads request bodies; what is missing or of the wrong type is refused as Kandy refuses it."""

import json

from aiohttp import web

from sms_desktop.simulator.refusals import invalid_input

Fields = dict[str, object]


async def json_body(request: web.Request) -> Fields:
    """The body as a JSON object; an empty body is an empty object. Raises ``Refusal`` (400)."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise invalid_input("body") from None
    return part(body)


def part(value: object, name: str = "body") -> Fields:
    """A value that must be an object; raises ``Refusal`` (400) naming it."""
    if not isinstance(value, dict):
        raise invalid_input(name)
    return value


def text_of(fields: Fields, name: str) -> str:
    """A text that must be there and not be empty; raises ``Refusal`` (400) naming it."""
    value = fields.get(name)
    if not isinstance(value, str) or not value:
        raise invalid_input(name)
    return value


def optional_text(fields: Fields, name: str) -> str:
    """A text, or the empty one."""
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def optional_bool(fields: Fields, name: str, default: bool) -> bool:
    """A truth value; raises ``Refusal`` (400) for anything else."""
    value = fields.get(name, default)
    if not isinstance(value, bool):
        raise invalid_input(name)
    return value


def number_of(fields: Fields, name: str, default: float | None = None) -> float:
    """A number, zero or above; raises ``Refusal`` (400) naming it."""
    value = fields.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise invalid_input(name)
    return value
