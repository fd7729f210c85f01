"""Reads JSON that may be hostile; the only module of the ring that decodes bytes."""

import json

_LONGEST_NUMBER = 20
"""Digits; every number of the protocol is shorter, and Python refuses to read some 4,300."""


class NotJson(ValueError):
    """The bytes are not JSON, or JSON too deep to be meant well."""


def load(body: bytes) -> object:
    """The value that the bytes spell.

    Invalid UTF-8 becomes U+FFFD, a byte order mark is ignored, ``NaN`` and the infinities are read
    as null, an overlong integer as its digits, and of two equal keys the last one counts.

    Raises ``NotJson`` and nothing else.
    """
    try:
        return json.loads(
            body.decode("utf-8-sig", "replace"), parse_int=_integer, parse_constant=_no_number
        )
    except RecursionError:
        raise NotJson("nested too deeply") from None
    except ValueError:
        raise NotJson("not JSON") from None


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits


def _no_number(_name: str) -> None:
    return None
