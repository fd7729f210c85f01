"""A tunnel that is believed only while our own public address really leads here.

An agent may say "connected" for hours over a dead line. What calls itself, and twice in a row does
not come back, is closed and told as lost; whoever keeps the tunnel opens it again.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import TunnelFact
from sms_desktop.net.carried_through import carried_through
from sms_desktop.net.errors import NetError, TunnelFailed
from sms_desktop.net.tunnels.event_queue import EventQueue, no_events
from sms_desktop.net.tunnels.models import Availability, Down, Tunnel, TunnelEvent, Up
from sms_desktop.sync.backoff import Sleep
from sms_desktop.sync.doorbell import Doorbell
from sms_desktop.sync.tasks import TaskGroup, TaskOwner

EVERY_S: Final = 570.0
"""About 4,600 calls a month: ngrok's free plan has 20,000 requests, and messages need some."""

AGAIN_S: Final = 4.0
"""One call may be lost on the way; two in a row are not chance."""

_SILENT: Final = "The tunnel says that it is up, but our own URL does not lead here."


class ProbedTunnel:
    """A tunnel like the one inside; ``fact`` tells how it stands, ``on_fact`` that it is different.

    ``call`` sends something round through a URL and raises ``NetError`` where it is lost.
    """

    def __init__(
        self,
        inside: Tunnel,
        call: Callable[[str], Awaitable[None]],
        fact: TunnelFact,
        tasks: TaskOwner,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_fact: Callable[[], None],
    ) -> None:
        self._inside = inside
        self._call = call
        self._fact = fact
        self._owner = tasks
        self._work = TaskGroup(tasks)
        self._now_ms = now_ms
        self._sleep = sleep
        self._on_fact = on_fact
        self._bell = Doorbell(sleep)
        self._told: EventQueue | None = None
        self._was_silent = False

    @property
    def name(self) -> str:
        """The name of the one inside."""
        return self._inside.name

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the one inside."""
        return self._inside.steps

    def is_available(self) -> Availability:
        """What the one inside says."""
        return self._inside.is_available()

    def call_now(self) -> None:
        """Do not wait for the next call."""
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
            lost = await self._lost()
        except asyncio.CancelledError:
            await self._shut()
            raise
        if lost is not None:
            await self._shut()
            raise TunnelFailed(_SILENT)

    async def _shut(self) -> None:
        self._is_down()
        # Whoever calls may be ended meanwhile; the one inside is closed to the end all the same.
        await carried_through(self._inside.close())

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
        while True:
            if self._fact.url and await self._lost() is not None:
                await self._bell.rest(AGAIN_S)
                if self._fact.url and await self._lost() is not None:
                    self._was_silent = True
                    told.put(Down(TunnelFailed(_SILENT)))
                    await self._shut()
                    return
            self._tell(next_probe_at_ms=self._now_ms() + int(EVERY_S * 1000))
            await self._bell.rest(EVERY_S)

    async def _lost(self) -> NetError | None:
        """Call once; what went wrong. A call of an address that is not ours any more says nothing."""
        url, began_ms = self._fact.url, self._now_ms()
        try:
            await self._call(url)
        except NetError as error:
            if url != self._fact.url:
                return None
            self._tell(probed_at_ms=self._now_ms(), trouble=_SILENT)
            return error
        if url == self._fact.url:
            self._was_silent = False
            took_ms = max(0, self._now_ms() - began_ms)
            self._tell(probed_at_ms=self._now_ms(), carried_ms=took_ms, trouble="")
        return None

    def _is_up(self, url: str) -> None:
        self._tell(url=url, up_since_ms=self._now_ms(), carried_ms=None, trouble="")

    def _is_down(self) -> None:
        self._tell(url="", up_since_ms=None, carried_ms=None, next_probe_at_ms=None)

    def _tell(self, **changed: int | str | None) -> None:
        for name, value in changed.items():
            setattr(self._fact, name, value)
        self._on_fact()
