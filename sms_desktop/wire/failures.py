"""Reads why Kandy refused: error bodies in all their forms, down to none at all."""

import re
from dataclasses import dataclass
from typing import Final

from sms_desktop.wire import json_text
from sms_desktop.wire.fields import Fields, fields, text, text_of, word

_PLACEHOLDER: Final = re.compile(r"%([1-9][0-9]?)")
_LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """Kandy's no.

    ``code`` is Kandy's own (``SVC0002``, ``POL1001``, ``invalid_grant``), ``None`` where it gives
    none. ``message`` is one line for people, never empty; it may quote an address from the request,
    so it may be shown but not logged.
    """

    http_status: int
    code: str | None
    message: str


def failure(http_status: int, body: bytes) -> Failure:
    """Reads the body of an answer with an error status. Never raises."""
    code, message = _reason(_answer(body))
    fallback = f"Kandy answered with HTTP status {http_status} and gave no reason."
    return Failure(http_status, code or None, _one_line(message) or fallback)


def _answer(body: bytes) -> Fields:
    try:
        return fields(json_text.load(body))
    except json_text.NotJson:
        return {}


def _reason(found: Fields) -> tuple[str, str]:
    error = fields(found.get("requestError")) or found
    for name in ("serviceException", "policyException"):
        if exception := fields(error.get(name)):
            return word(exception, "messageId"), _filled(exception)
    if word(error, "messageId") and text(error, "text"):
        return word(error, "messageId"), _filled(error)
    said = text(found, "error_description", "message", "error")
    return word(found, "error"), said


def _filled(exception: Fields) -> str:
    """The text with its variables in place of ``%1``, ``%2``…; a missing one leaves its mark."""
    listed = exception.get("variables")
    variables = [text_of(v) for v in (listed if isinstance(listed, list) else [listed])]

    def variable(match: re.Match[str]) -> str:
        index = int(match.group(1)) - 1
        value = variables[index] if index < len(variables) else None
        return match.group(0) if value is None else value

    return _PLACEHOLDER.sub(variable, text(exception, "text"))


def _one_line(message: str) -> str:
    line = " ".join(message.split())
    return line if len(line) <= _LONGEST_REASON else line[: _LONGEST_REASON - 1] + "…"
