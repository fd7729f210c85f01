"""Asks Kandy what is new every now and then, however well the way in seems to be.

A tunnel to a Kandy that is gone stays up, and silence is what a quiet day sounds like too. And Kandy
calls once: what it said in a moment in which the line was cut is found in its history alone.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.net.errors import ConnectTimedOut, Unreachable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.sync.running.backoff import Sleep

_log = logging.getLogger(__name__)

EVERY_S: Final = 19.0
"""With ``_PATIENCE_S`` twice over, a Kandy that is gone is missed within 30 s."""

A_LITTLE_S: Final = 0.25
"""More than what was left, so that it is over for sure."""

_PATIENCE_S: Final = 5.0
"""For one answer, from far away and by a slow line too."""


class KandyWatch:
    """A service beside the reception; ``on_trouble`` is for whoever looks closer, and mends.

    ``read_news`` reads what history has since it was last read.
    """

    def __init__(
        self,
        client: KandyClient,
        read_news: Callable[[], Awaitable[None]],
        facts: AccountFacts,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_facts: Callable[[], None],
        on_trouble: Callable[[], None],
    ) -> None:
        self._client = client
        self._read_news = read_news
        self._facts = facts
        self._now_ms = now_ms
        self._sleep = sleep
        self._on_facts = on_facts
        self._on_trouble = on_trouble
        self._answered_at_ms: int | None = None

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            left_s = self._left_s()
            await self._sleep(left_s + A_LITTLE_S if left_s else EVERY_S)
            if self._facts.is_open and not self._left_s():
                await self._ask()

    def _left_s(self) -> float:
        """How much longer there is no need to ask, since Kandy has answered; 0 where there is."""
        answered = (self._facts.caught_up_at_ms, self._answered_at_ms)
        newest = max((at for at in answered if at is not None), default=None)
        past_s = None if newest is None else (self._now_ms() - newest) / 1000
        return EVERY_S - past_s if past_s is not None and 0 <= past_s < EVERY_S else 0.0

    async def _ask(self) -> None:
        try:
            await self._any_answer()
            self._answered_at_ms = self._now_ms()
        except SmsDesktopError as error:
            _log.info("Kandy did not answer: %s", type(error).__name__)
            if isinstance(error, Unreachable):
                # Nothing can come from there, whatever the look finds out a moment later.
                self._facts.is_offline = True
                self._facts.look_trouble = error.text()
                self._on_facts()
            self._on_trouble()

    async def _any_answer(self) -> None:
        """Read the news; where none come, or not in time, ask something small: one may be lost."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                await self._read_news()
        except (TimeoutError, Unreachable):
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._client.channels()
            except TimeoutError:
                raise ConnectTimedOut from None
