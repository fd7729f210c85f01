"""Tells from the first bytes of a connection whether it may ask for anything here. Pure.

Looks at the first line only: who names no open path in it is refused before anything is parsed.
"""

import re
from collections.abc import Callable
from enum import Enum, auto
from typing import Final

LONGEST: Final = 4096
"""Bytes; a reverse proxy may put a path of its own before ours, and a query behind it."""

LOOKING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
"""How a server may try whether a URL is there, before it posts to it (CloudEvents' webhooks do)."""

_METHODS: Final = (b"POST ", *sorted(f"{method} ".encode() for method in LOOKING))
_LINE: Final = re.compile(rb"(?:POST|GET|HEAD|OPTIONS) ([!-~]+) HTTP/1\.[01]\r?")

Knows = Callable[[bytes], bool]
"""Whether a token is that of an open path; takes the same time for every guess."""


class Judgement(Enum):
    """What to do with who said this."""

    WAIT = auto()
    REFUSE = auto()
    ADMIT = auto()


def judge(heard: bytes, knows: Knows) -> Judgement:
    """What the bytes since the opening of the connection come to."""
    line, newline, _ = heard.partition(b"\n")
    if newline:
        return _whole(line, knows)
    begins_well = heard.startswith(_METHODS) or any(m.startswith(heard) for m in _METHODS)
    return Judgement.WAIT if begins_well and len(heard) < LONGEST else Judgement.REFUSE


def _whole(line: bytes, knows: Knows) -> Judgement:
    match = _LINE.fullmatch(line)
    if match is None or not knows(token_of(match[1])):
        return Judgement.REFUSE
    return Judgement.ADMIT


def token_of(target: bytes) -> bytes:
    """The last part of a request's path: a reverse proxy may put a path of its own before it."""
    return target.partition(b"?")[0].rpartition(b"/")[2]
