"""Does together what many ask for one after the other, so that a flood leaves time for other things."""

import asyncio
from collections.abc import Callable
from typing import Final

from sms_desktop.sync.running.tasks import TaskOwner

_LONGEST_REST_S: Final = 0.05


class Coalescing:
    """Calls ``act`` soon after ``ask``, in a later turn of the loop, however many ask until then.

    ``share``: how much of the loop's time the calls may take while they follow each other closely;
    the first one after a rest is never late. Who waits for idle waits for what was asked, too.
    """

    def __init__(self, act: Callable[[], None], tasks: TaskOwner, *, share: float) -> None:
        self._act = act
        self._tasks = tasks
        self._rest_per_work = 1 / share - 1
        self._rested_at_s = 0.0
        self._is_asked = False
        self._is_coming = False

    def ask(self) -> None:
        """Have ``act`` called."""
        self._is_asked = True
        if not self._is_coming:
            self._is_coming = True
            self._tasks.spawn(self._act_soon(), "gathering")

    def now(self) -> None:
        """Call ``act`` here and now, if anybody asked for it."""
        if self._is_asked:
            self._is_asked = False
            self._act()

    async def _act_soon(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._is_asked:
                if (left_s := self._rested_at_s - loop.time()) > 0:
                    await asyncio.sleep(left_s)
                began_at_s = loop.time()
                self.now()
                # What it leads to counts too: views paint before the loop comes back here.
                await asyncio.sleep(0)
                took_s = loop.time() - began_at_s
                self._rested_at_s = loop.time() + min(took_s * self._rest_per_work, _LONGEST_REST_S)
        finally:
            self._is_coming = False
