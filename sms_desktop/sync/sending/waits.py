"""Until when a wish that failed must wait, or everything of its account. In memory only.

A restart may try at once; and a clock that is set back meanwhile makes no wait longer.
"""

from dataclasses import dataclass

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.ids import ClientId


@dataclass(frozen=True, slots=True)
class Wait:
    """How long to wait before the next attempt, in seconds.

    ``whole_account``: nothing else of the account may be tried before either. ``until_online``: the
    wait is over as soon as Kandy is known to let us in.
    """

    seconds: float
    whole_account: bool = False
    until_online: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    wait: Wait
    at_ms: int

    def left_s(self, now_ms: int) -> float:
        return min(self.wait.seconds, self.wait.seconds - (now_ms - self.at_ms) / 1000)


class Waits:
    """The waits of one account."""

    def __init__(self, now_ms: NowMs) -> None:
        self._now_ms = now_ms
        self._of: dict[ClientId | None, _Begun] = {}

    def note(self, client_id: ClientId, wait: Wait | None) -> None:
        """What the newest attempt of a wish asks for; ``None``: nothing any more."""
        self._of.pop(client_id, None)
        if wait is not None:
            begun = _Begun(wait, self._now_ms())
            self._of[None if wait.whole_account else client_id] = begun

    def online(self) -> None:
        """End the waits that were for this."""
        self._of = {who: one for who, one in self._of.items() if not one.wait.until_online}

    def left_s(self, client_id: ClientId) -> float:
        """How long this wish has to wait from now; nothing or less: it may be tried."""
        now_ms = self._now_ms()
        every = (self._of.get(who) for who in (client_id, None))
        return max((one.left_s(now_ms) for one in every if one is not None), default=0.0)
