"""Opens a tunnel again whenever it has died, for every kind of tunnel alike."""

import logging
import time
from collections.abc import AsyncIterator, Callable
from typing import Final

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels.models import Down, Tunnel, TunnelEvent, Up
from sms_desktop.sync.running.backoff import Random, Sleep, delay_s
from sms_desktop.sync.ways.tunnel_decorator import TunnelDecorator

_log = logging.getLogger(__name__)

_STEADY_S: Final = 30.0
"""Who was up for so long begins with a short wait again; a line that comes and goes does not."""

_PERSON_S: Final = 300.0
"""Where only the person can mend it, asking more often would only get us locked out."""


class ReopeningTunnel(TunnelDecorator):
    """A tunnel like the one inside, whose events never end with a ``Down``.

    The first ``open`` raises what it raises. Later openings happen while the listener waits for
    the next event; ``now_s`` is any steady clock.
    """

    def __init__(
        self,
        inside: Tunnel,
        *,
        sleep: Sleep,
        random: Random,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(inside)
        self._sleep = sleep
        self._random = random
        self._now_s = now_s
        self._port: int | None = None
        self._up_at_s = 0.0
        self._failures = 0

    async def open(self, local_port: int) -> str:
        """Open the one inside; raises ``TunnelFailed``."""
        url = await self._inside.open(local_port)
        self._port, self._failures = local_port, 0
        self._up_at_s = self._now_s()
        return url

    async def events(self) -> AsyncIterator[TunnelEvent]:
        """Ups and downs until it is closed; one ``Down`` for each reason in a row."""
        while self._port is not None:
            loss: Down | None = None
            async for event in self._inside.events():
                yield event
                if isinstance(event, Down) and event.is_over:
                    loss = event
                    break
            if self._now_s() - self._up_at_s >= _STEADY_S:
                self._failures = 0
            async for told in self._reopenings(loss):
                yield told

    async def close(self) -> None:
        """Close the one inside, for good."""
        self._port = None
        await self._inside.close()

    async def _reopenings(self, loss: Down | None) -> AsyncIterator[TunnelEvent]:
        """Try until it is up or closed."""
        while self._port is not None:
            await self._sleep(self._wait_s(loss))
            told = await self._try()
            if isinstance(told, Up):
                yield told
                return
            if told is not None and (loss is None or told.reason != loss.reason):
                yield told
            loss = told

    def _wait_s(self, loss: Down | None) -> float:
        self._failures += 1
        if loss is not None and loss.error.needs_person:
            return _PERSON_S
        return delay_s(self._failures, self._random)

    def _is_closed(self) -> bool:
        return self._port is None

    async def _try(self) -> Up | Down | None:
        """What came of one more opening; ``None`` once closed."""
        if self._port is None:
            return None
        try:
            url = await self._inside.open(self._port)
        except TunnelFailed as error:
            _log.info("the tunnel did not open: %s", type(error).__name__)
            return Down(error)
        if self._is_closed():
            await self._inside.close()
            return None
        self._up_at_s = self._now_s()
        return Up(url)
