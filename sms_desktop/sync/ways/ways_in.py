"""The way in that the person chose, and Kandy's websocket in its place while it is down.

The one that stands in is closed only after everything stands on the other one again, so that the
switch back has no gap.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.ids import ChannelId
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import until_one_ends
from sms_desktop.sync.ways.reconnecting_way import ReconnectingWay

_OPENING_S: Final = 5.0
"""So long the chosen way may take to open before another one is opened."""

_PATIENCE_S: Final = 2.0
"""A tunnel that comes back within seconds is not worth a change of all subscriptions."""


class WaysIn:
    """``channel_id`` is where the subscriptions shall stand now; ``None`` while nothing is open."""

    def __init__(
        self,
        chosen: ReconnectingWay,
        stand_in: ReconnectingWay | None,
        *,
        sleep: Sleep,
        on_change: Callable[[], None],
    ) -> None:
        self._chosen = chosen
        self._stand_in = stand_in
        self._sleep = sleep
        self._on_change = on_change
        self._is_down = asyncio.Event()
        self._is_down.set()
        self._is_back = asyncio.Event()
        self._is_overdue = False
        self._was_open = False

    @property
    def channel_id(self) -> ChannelId | None:
        """The channel of the better way that is open."""
        return self._best.channel_id

    @property
    def title(self) -> str:
        """The name of the way that counts now."""
        return self._best.title

    @property
    def chosen_title(self) -> str:
        """The name of the way that the person chose."""
        return self._chosen.title

    @property
    def listening_at(self) -> str:
        """The local address that the chosen way needs; empty where it needs none."""
        return self._chosen.listening_at

    @property
    def stands_in_for(self) -> str:
        """What is wrong with the chosen way, as a sentence, while another one is open in its place."""
        return self._chosen.trouble if self._best is not self._chosen else ""

    @property
    def trouble(self) -> str:
        """Why nothing is open, as a sentence; empty while something is, or is about to be."""
        return "" if self.channel_id is not None else self._chosen.trouble

    @property
    def next_attempt_at_ms(self) -> int | None:
        """When the next opening is tried; ``None`` while one is under way, or none is needed."""
        kept = [self._chosen] if self._stand_in is None else [self._chosen, self._stand_in]
        times = [k.next_attempt_at_ms for k in kept if k.next_attempt_at_ms is not None]
        return min(times) if times and self.channel_id is None else None

    async def run(self) -> None:
        """Keep a way open until cancelled; raises ``SignInRefused``."""
        if self._stand_in is None:
            await self._chosen.run()
        else:
            await until_one_ends(self._chosen.run(), self._stand_by(self._stand_in))

    def changed(self) -> None:
        """One of the ways has opened or shut: both call this."""
        if self._chosen.channel_id is None:
            self._is_down.set()
            self._is_back.clear()
        else:
            self._was_open = True
            self._is_down.clear()
        self._on_change()

    def all_stand_on(self, channel_id: ChannelId) -> None:
        """Every number is subscribed through this channel now."""
        for way in (self._chosen, self._stand_in):
            if way is not None and way.channel_id == channel_id:
                way.proved_good()
        if self._chosen.channel_id == channel_id:
            self._is_back.set()

    def is_dead(self, channel_id: ChannelId) -> None:
        """Kandy knows this channel no more."""
        for way in (self._chosen, self._stand_in):
            if way is not None and way.channel_id == channel_id:
                way.is_dead()

    def listener_moved(self) -> None:
        """The chosen way leads to a port that is no more; one that needs no port is left alone."""
        if self._chosen.listening_at:
            self._chosen.reopen()

    def hurry(self) -> None:
        """Open now what waits to be opened."""
        self._chosen.hurry()
        if self._stand_in is not None:
            self._stand_in.hurry()

    @property
    def _best(self) -> ReconnectingWay:
        if self._chosen.channel_id is None and self._stand_in is not None:
            return self._stand_in if self._stand_in.channel_id is not None else self._chosen
        return self._chosen

    async def _stand_by(self, stand_in: ReconnectingWay) -> None:
        while True:
            await self._is_down.wait()
            self._is_overdue = False
            await until_one_ends(self._lose_patience(), self._back())
            if self._is_overdue and self._is_down.is_set():
                await until_one_ends(stand_in.run(), self._back())
                # Its channel is of no use any more, and what came last is looked for once more.
                self._on_change()

    async def _lose_patience(self) -> None:
        if not self._chosen.is_proved_dead:
            await self._sleep(_PATIENCE_S if self._was_open else _OPENING_S)
        self._is_overdue = True

    async def _back(self) -> None:
        await self._is_back.wait()
