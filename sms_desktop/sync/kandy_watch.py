"""Asks Kandy something small now and then, so that "Live" does not outlive Kandy itself.

A tunnel to a Kandy that is gone stays up, and silence is what a quiet day sounds like too.
"""

import logging
from collections.abc import Callable
from typing import Final

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import AccountFacts
from sms_desktop.net.errors import NetError, Unreachable
from sms_desktop.net.kandy import KandyClient
from sms_desktop.sync.backoff import Sleep

_log = logging.getLogger(__name__)

EVERY_S: Final = 45.0


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

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await self._sleep(EVERY_S)
            if self._facts.is_open and not self._was_heard():
                await self._ask()

    def _was_heard(self) -> bool:
        """Whether Kandy has just called, or answered a look."""
        heard = (self._facts.caught_up_at_ms, self._facts.last_notified_at_ms)
        newest = max((at for at in heard if at is not None), default=None)
        return newest is not None and 0 <= self._now_ms() - newest < EVERY_S * 1000

    async def _ask(self) -> None:
        try:
            await self._client.channels()
        except NetError as error:
            _log.info("Kandy did not answer: %s", type(error).__name__)
            if isinstance(error, Unreachable):
                # Nothing can come from there, whatever the look finds out a moment later.
                self._facts.is_offline = True
                self._facts.look_trouble = error.text()
                self._on_facts()
            self._on_trouble()
