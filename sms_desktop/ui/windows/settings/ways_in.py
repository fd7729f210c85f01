"""How notifications can reach this computer, as it is offered to people; pure values."""

from dataclasses import dataclass
from typing import Final

OWN: Final = "own:"


@dataclass(frozen=True, slots=True)
class WayIn:
    """``name`` as accounts keep it (``own:`` is completed by a URL); words and a hint for people."""

    name: str
    words: str
    hint: str


_WEBSOCKET: Final = WayIn(
    "websocket",
    "Kandy's websocket",
    "Recommended: nothing to set up. This computer keeps a connection to Kandy open, and messages "
    "come through it.",
)
_OWN: Final = WayIn(
    OWN,
    "My own public address",
    "For a reverse proxy: Kandy calls your address, and your server passes the calls on to this "
    "computer.",
)
_LOOPBACK: Final = WayIn(
    "loopback",
    "This computer only",
    "For a Kandy simulator on this computer. Nothing from outside can arrive.",
)


def ways_in(loopback: bool) -> tuple[WayIn, ...]:
    """What can be chosen; the simulator's way only for a base URL on this computer."""
    return (_LOOPBACK, _WEBSOCKET, _OWN) if loopback else (_WEBSOCKET, _OWN)


def words_of(tunnel: str) -> str:
    """What a stored tunnel name means; unknown ones are named as they are."""
    if tunnel.startswith(OWN):
        return f"messages arrive through {tunnel.removeprefix(OWN)}"
    known = {
        _WEBSOCKET.name: "messages arrive over Kandy's websocket",
        _LOOPBACK.name: "messages arrive on this computer only",
    }
    return known.get(tunnel, f"messages arrive through {tunnel}")
