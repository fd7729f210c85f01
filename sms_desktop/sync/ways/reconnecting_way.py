"""One way in that is opened again whenever it is lost, with waits that grow."""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.ids import ChannelId
from sms_desktop.net.errors import (
    ChannelDied,
    ListenerMoved,
    SignInRefused,
    TunnelFailed,
    TunnelNotAllowed,
    UnknownTunnel,
)
from sms_desktop.net.tunnels.errors import LeadsNowhere
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.running.interruptible_sleep import InterruptibleSleep
from sms_desktop.sync.running.tasks import until_one_ends
from sms_desktop.sync.ways.way_in import WayIn

_log = logging.getLogger(__name__)

_LONGEST_S: Final = 20.0
_TUNNEL_LONGEST_S: Final = 60.0
_PERSON_S: Final = 300.0
"""Where only the person can mend it, asking more often would only get us locked out."""


class ReconnectingWay:
    """``channel_id``: where notifications get through now, or ``None``; ``trouble`` says why not.

    ``is_proved_dead``: by more than its agent's word, so that nothing is to be gained by patience.
    ``on_change`` is called whenever any of these is different. ``next_attempt_at_ms``: when it is opened
    again, while that is waited for.
    """

    def __init__(
        self,
        make: Callable[[], WayIn],
        *,
        now_ms: NowMs,
        sleep: Sleep,
        random: Random,
        on_change: Callable[[], None],
    ) -> None:
        self._make = make
        self._now_ms = now_ms
        self._random = random
        self._on_change = on_change
        self._bell = InterruptibleSleep(sleep)
        self._died = asyncio.Event()
        self._is_moved = False
        self._failures = 0
        self._way: WayIn | None = None
        self.channel_id: ChannelId | None = None
        self.trouble = ""
        self.is_proved_dead = False
        self.next_attempt_at_ms: int | None = None

    @property
    def title(self) -> str:
        """The name of the way, once it was tried."""
        return self._way.title if self._way else ""

    @property
    def listening_at(self) -> str:
        """The local address that it needs, once open."""
        return self._way.listening_at if self._way else ""

    async def run(self) -> None:
        """Keep it open until cancelled; raises ``SignInRefused``, which no other opening mends."""
        try:
            while True:
                try:
                    await self._run_once()
                except SignInRefused:
                    raise
                except ListenerMoved as error:
                    self.shut(error)
                except SmsDesktopError as error:
                    self.shut(error)
                    await self._wait_after(error)
        finally:
            self.channel_id = self.next_attempt_at_ms = None

    def opened(self, channel_id: ChannelId) -> None:
        """As ``WayEvents``."""
        self.channel_id, self.trouble, self.is_proved_dead = channel_id, "", False
        self._on_change()

    def shut(self, error: SmsDesktopError) -> None:
        """As ``WayEvents``."""
        _log.info("a way in is shut: %s", type(error).__name__)
        self.channel_id, self.trouble = None, error.text()
        self.is_proved_dead = isinstance(error, LeadsNowhere)
        self._on_change()

    def proved_good(self) -> None:
        """Everything stands on it: the next loss is a first one."""
        self._failures = 0

    def is_dead(self) -> None:
        """Kandy knows the channel no more."""
        self._died.set()

    def reopen(self) -> None:
        """What it leads to has moved: close it, and open it at once."""
        self._is_moved = True
        self._died.set()
        self.hurry()

    def hurry(self) -> None:
        """Do not wait for the next opening."""
        self._failures = 0
        if self.next_attempt_at_ms is not None:
            self._bell.ring()

    async def _run_once(self) -> None:
        self._died.clear()
        self._is_moved = False
        self._way = way = self._make()
        await until_one_ends(way.run(self), self._end_when_dead())

    async def _end_when_dead(self) -> None:
        await self._died.wait()
        if self._is_moved:
            raise ListenerMoved
        raise ChannelDied("Kandy does not know the notification channel any more.")

    async def _wait_after(self, error: SmsDesktopError) -> None:
        self._failures += 1
        wait_s = _wait_s(error, self._failures, self._random)
        self.next_attempt_at_ms = self._now_ms() + int(wait_s * 1000)
        self._on_change()
        await self._bell.rest(wait_s)
        self.next_attempt_at_ms = None


def _wait_s(error: SmsDesktopError, failures: int, random: Random) -> float:
    needs_person = isinstance(error, TunnelFailed) and error.needs_person
    if needs_person or isinstance(error, UnknownTunnel | TunnelNotAllowed):
        return _PERSON_S
    longest_s = _TUNNEL_LONGEST_S if isinstance(error, TunnelFailed) else _LONGEST_S
    return delay_s(failures, random, longest_s=longest_s)
