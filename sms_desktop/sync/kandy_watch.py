"""Asks Kandy something small now and then, so that "Live" does not outlive Kandy itself.

A tunnel to a Kandy that is gone stays up, and silence is what a quiet day sounds like too.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.net.errors import ConnectTimedOut, NetError, Unreachable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.sync.backoff import Sleep

_log = logging.getLogger(__name__)

EVERY_S: Final = 19.0
"""After so much silence Kandy is asked. With ``_PATIENCE_S`` twice over: 30 s until it is missed."""

A_LITTLE_S: Final = 0.25
"""More than what was left, so that it is over for sure."""

_PATIENCE_S: Final = 5.0
"""For one answer, from far away and by a slow line too."""


class KandyWatch:
    """A service beside the reception; ``on_trouble`` is for whoever looks closer, and mends."""

    def __init__(
        self,
        client: KandyClient,
        facts: AccountFacts,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_facts: Callable[[], None],
        on_trouble: Callable[[], None],
    ) -> None:
        self._client = client
        self._facts = facts
        self._now_ms = now_ms
        self._sleep = sleep
        self._on_facts = on_facts
        self._on_trouble = on_trouble
        self._answered_at_ms: int | None = None

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            left_s = self._silence_left_s()
            await self._sleep(left_s + A_LITTLE_S if left_s else EVERY_S)
            if self._facts.is_open and not self._silence_left_s():
                await self._ask()

    def _silence_left_s(self) -> float:
        """How much longer Kandy may be silent, since it has called or answered; 0 where it may not."""
        facts = self._facts
        heard = (facts.caught_up_at_ms, facts.last_notified_at_ms, self._answered_at_ms)
        newest = max((at for at in heard if at is not None), default=None)
        silent_s = None if newest is None else (self._now_ms() - newest) / 1000
        return EVERY_S - silent_s if silent_s is not None and 0 <= silent_s < EVERY_S else 0.0

    async def _ask(self) -> None:
        try:
            await self._any_answer()
            self._answered_at_ms = self._now_ms()
        except NetError as error:
            _log.info("Kandy did not answer: %s", type(error).__name__)
            if isinstance(error, Unreachable):
                # Nothing can come from there, whatever the look finds out a moment later.
                self._facts.is_offline = True
                self._facts.look_trouble = error.text()
                self._on_facts()
            self._on_trouble()

    async def _any_answer(self) -> None:
        """Ask; an answer that does not come is asked for once more, by a connection of its own."""
        for _ in range(2):
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._client.channels()
            except TimeoutError:
                continue
            return
        raise ConnectTimedOut
