"""One tunnel for all who want the same: several accounts, and whoever tries one out.

A service gives an account one address and often one tunnel at a time; the listener behind it is one
as well, with a path for each channel.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Availability, Calling, Down, Tunnel, Up
from sms_desktop.net.uncancellable import carried_through
from sms_desktop.sync.running.tasks import TaskOwner

MakeTunnel = Callable[[str, str], Tunnel]
"""The tunnel of a name for a base URL; raises ``UnknownTunnel`` or ``TunnelNotAllowed``."""


class SharedTunnels:
    """``make`` gives tunnels that open themselves again."""

    def __init__(self, make: MakeTunnel, tasks: TaskOwner) -> None:
        self._make = make
        self._tasks: Final = tasks
        self._open: dict[str, _Shared] = {}

    def share(self, name: str, base_url: str) -> Tunnel:
        """A share in the tunnel; the first that opens opens it, the last that closes closes it.

        Raises what ``make`` raises.
        """
        tunnel = self._make(name, base_url)
        return _Share(tunnel, lambda: self._shared(tunnel))

    def _shared(self, tunnel: Tunnel) -> "_Shared":
        return self._open.setdefault(tunnel.name, _Shared(tunnel, self._tasks))


class _Shared:
    """What is open, who has a share in it, and the last that was told."""

    def __init__(self, tunnel: Tunnel, tasks: TaskOwner) -> None:
        self._tunnel = tunnel
        self._tasks = tasks
        self._turn = asyncio.Lock()
        self._listeners: list[EventQueue] = []
        self._last: Up | Down = Down(TunnelFailed())
        self._telling: asyncio.Task[None] | None = None

    async def join(self, local_port: int, told: EventQueue) -> str:
        async with self._turn:
            if self._telling is None:
                self._last = Up(await self._tunnel.open(local_port))
                self._telling = self._tasks.spawn(self._tell(), "tunnel", service=True)
            if isinstance(self._last, Down):
                raise self._last.error
            self._listeners.append(told)
            return self._last.url

    async def leave(self, told: EventQueue) -> None:
        if told not in self._listeners:
            return
        self._listeners.remove(told)
        # Broken off half-way, the tunnel and its agent would go on with nobody to close them.
        await carried_through(self._close_if_unused())

    async def _close_if_unused(self) -> None:
        async with self._turn:
            telling = self._telling
            if telling is not None and not self._listeners:
                self._telling = None
                telling.cancel()
                await asyncio.wait({telling})
                await self._tunnel.close()

    async def _tell(self) -> None:
        async for event in self._tunnel.events():
            self._last = event
            for told in self._listeners:
                told.put(event)


class _Share(Line):
    """A tunnel of its own to whoever holds it."""

    def __init__(self, tunnel: Tunnel, shared: Callable[[], _Shared]) -> None:
        super().__init__()
        self._like = tunnel
        self._shared = shared
        self._joined: tuple[_Shared, EventQueue] | None = None

    @property
    def name(self) -> str:
        """The name of the tunnel."""
        return self._like.name

    @property
    def calling(self) -> Calling:  # type: ignore[override]  # a share has no other than the tunnel's
        """What the tunnel says."""
        return self._like.calling

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of the tunnel."""
        return self._like.steps

    def is_available(self) -> Availability:
        """What the tunnel says."""
        return self._like.is_available()

    async def start(self, local_port: int, told: EventQueue) -> str:
        """Join those who are there."""
        shared = self._shared()
        url = await shared.join(local_port, told)
        self._joined = (shared, told)
        return url

    async def stop(self) -> None:
        """Leave; the last one closes the door."""
        joined, self._joined = self._joined, None
        if joined is not None:
            shared, told = joined
            await shared.leave(told)
