"""A tunnel that is believed only while our own public address really leads here.

An agent may say "connected" for hours over a dead line. What calls itself, and twice in a row does
not come back, is closed and told as lost; whoever keeps the tunnel opens it again. What Kandy sent
by the address lately is as good as a call.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Final, Protocol

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import TunnelFact
from sms_desktop.net.errors import NetError
from sms_desktop.net.tunnels.errors import LeadsNowhere
from sms_desktop.net.tunnels.event_queue import EventQueue, no_events
from sms_desktop.net.tunnels.models import Down, Tunnel, TunnelEvent, Up
from sms_desktop.net.uncancellable import carried_through
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.interruptible_sleep import InterruptibleSleep
from sms_desktop.sync.running.tasks import TaskGroup, TaskOwner
from sms_desktop.sync.ways.tunnel_decorator import TunnelDecorator

AGAIN_S: Final = 0.5
"""One call may be lost on the way; two in a row are not chance."""

_FIRST_S: Final = 30.0
_TELL_S: Final = 60.0
"""How often it is told how long a call takes; whether it comes back is told at once."""

_USUAL: Final = 20
_TIMES_THE_USUAL: Final = 3.0
_LONGEST_S: Final = 15.0
_RARE_S: Final = 60.0
_BLIND_S: Final = 61.0
"""How often one is called whose calls never came back, and need not."""

_PROOF_MS: Final = 10 * 60_000
"""So long it is proof enough that Kandy came in by it."""

_SOON_S: Final = 5.0


class Calls(Protocol):
    """Sends something round through our own public address."""

    async def call(self, public_url: str, patience_s: float, *, fresh: bool = False) -> float:
        """The seconds that it took; raises ``NetError`` where it is lost.

        ``fresh``: by the way that a new connection takes now.
        """
        ...

    async def close(self) -> None:
        """Let go of what is kept between calls."""
        ...


class ProbedTunnel(TunnelDecorator):
    """A tunnel like the one inside; ``fact`` tells how it stands, ``on_fact`` that it is different."""

    def __init__(
        self,
        inside: Tunnel,
        calls: Calls,
        fact: TunnelFact,
        tasks: TaskOwner,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_fact: Callable[[], None],
    ) -> None:
        super().__init__(inside)
        self._calls = calls
        self._fact = fact
        self._owner = tasks
        self._work = TaskGroup(tasks)
        self._now_ms = now_ms
        self._on_fact = on_fact
        self._bell = InterruptibleSleep(sleep)
        self._told: EventQueue | None = None
        self._was_silent = False
        self._is_asked = False
        self._has_carried = False
        self._told_at_ms: int | None = None
        self._took_s: deque[float] = deque(maxlen=_USUAL)

    def call_now(self) -> None:
        """Do not wait for the next call, and make it by a connection of its own."""
        self._is_asked = True
        self._bell.ring()

    async def open(self, local_port: int) -> str:
        """Open the one inside; raises ``TunnelFailed``.

        One that had lost our calls must carry one before it counts as open again: otherwise the
        subscriptions would move to and fro with every try.
        """
        await self.close()
        url = await self._inside.open(local_port)
        self._is_up(url)
        if self._was_silent:
            await self._must_carry()
        self._told = told = EventQueue()
        self._work = TaskGroup(self._owner)
        self._work.spawn(self._forward(told), "tunnel events", service=True)
        self._work.spawn(self._call_again_and_again(told), "probe", service=True)
        return url

    def events(self) -> AsyncIterator[TunnelEvent]:
        """What the one inside tells, and a ``Down`` when our calls are lost."""
        return self._told.each() if self._told else no_events()

    async def close(self) -> None:
        """Call no more, and close the one inside."""
        await self._work.close()
        told, self._told = self._told, None
        if told is not None:
            told.end()
        await self._shut()

    async def _must_carry(self) -> None:
        try:
            lost = await self._lost(fresh=True)
        except asyncio.CancelledError:
            await self._shut()
            raise
        if lost:
            await self._shut()
            raise LeadsNowhere

    async def _shut(self) -> None:
        self._is_down()
        # Whoever calls may be ended meanwhile; what is inside is closed to the end all the same.
        await carried_through(self._close_inside())

    async def _close_inside(self) -> None:
        await self._calls.close()
        await self._inside.close()

    async def _forward(self, told: EventQueue) -> None:
        async for event in self._inside.events():
            if isinstance(event, Up):
                self._is_up(event.url)
                self._bell.ring()
            else:
                self._is_down()
            told.put(event)
        told.end()

    async def _call_again_and_again(self, told: EventQueue) -> None:
        every_s = self._inside.calling.every_s
        while True:
            if self._fact.url and not self._was_heard(every_s) and await self._is_silent():
                if not self._may_be_blind():
                    self._was_silent = True
                    told.put(Down(LeadsNowhere()))
                    await self._shut()
                    return
                self._is_blind()
            if self._fact.is_blind:
                await self._bell.rest(_BLIND_S)
                continue
            if every_s >= _RARE_S:
                self._tell(next_probe_at_ms=self._now_ms() + int(every_s * 1000))
            await self._bell.rest(every_s)

    def _may_be_blind(self) -> bool:
        return self._inside.calling.may_not_lead_back and not self._has_carried

    def _is_blind(self) -> None:
        heard_ms = self._fact.heard_at_ms
        is_heard = heard_ms is not None and 0 <= self._now_ms() - heard_ms < _PROOF_MS
        self._tell(is_blind=True, is_heard=is_heard, trouble="")

    def _was_heard(self, within_s: float) -> bool:
        """Whether Kandy itself came in by this address lately; before the first call that proves less."""
        heard_ms = self._fact.heard_at_ms
        if self._is_asked or heard_ms is None or self._fact.carried_ms is None:
            return False
        is_so = 0 <= self._now_ms() - heard_ms < within_s * 1000
        if is_so:
            self._fact.probed_at_ms = heard_ms
        return is_so

    async def _is_silent(self) -> bool:
        """Whether a call is lost, and the next one too."""
        if not await self._lost(fresh=self._take_wish()):
            return False
        await self._bell.rest(AGAIN_S)
        return bool(self._fact.url) and await self._lost(fresh=True, is_last=True)

    def _take_wish(self) -> bool:
        wish, self._is_asked = self._is_asked, False
        return wish

    async def _lost(self, *, fresh: bool, is_last: bool = False) -> bool:
        """Call once; whether it was lost. A call of an address that is not ours any more says nothing."""
        url, patience_s = self._fact.url, self._patience_s()
        try:
            took_s = await self._calls.call(url, patience_s, fresh=fresh)
        except NetError:
            if url != self._fact.url:
                return False
            # Where the second call's end is near, the first is no news yet.
            if (is_last or patience_s > _SOON_S) and not self._may_be_blind():
                self._tell(probed_at_ms=self._now_ms(), trouble=LeadsNowhere.sentence)
            return True
        if url == self._fact.url:
            self._was_silent, self._has_carried = False, True
            self._took_s.append(took_s)
            self._carried(round(took_s * 1000))
        return False

    def _patience_s(self) -> float:
        """As long as a call takes here, several times over."""
        if self._fact.carried_ms is None or not self._took_s:
            return _FIRST_S
        usual_s = max(self._took_s) * _TIMES_THE_USUAL
        return max(self._inside.calling.patience_s, min(usual_s, _LONGEST_S))

    def _carried(self, took_ms: int) -> None:
        fact, now_ms = self._fact, self._now_ms()
        told_ms = self._told_at_ms
        is_old = told_ms is None or not 0 <= now_ms - told_ms < _TELL_S * 1000
        if fact.carried_ms is None or fact.trouble or is_old:
            self._told_at_ms = now_ms
            self._tell(probed_at_ms=now_ms, carried_ms=took_ms, trouble="", is_blind=False)
        else:
            # Telling has every window look at everything anew: too much for each call.
            fact.probed_at_ms = now_ms

    def _is_up(self, url: str) -> None:
        self._tell(url=url, up_since_ms=self._now_ms(), carried_ms=None, trouble="")

    def _is_down(self) -> None:
        self._tell(url="", up_since_ms=None, carried_ms=None, next_probe_at_ms=None, is_blind=False)

    def _tell(self, **changed: int | str | None) -> None:
        for name, value in changed.items():
            setattr(self._fact, name, value)
        self._on_fact()
