"""pinggy: the agent inside the ``pinggy`` package. No account is needed; a token is welcome.

Without a token pinggy ends every tunnel after 60 minutes, and the next one has another URL. The
agent has its own threads and calls us from them; it blocks a thread for as long as it runs.
"""

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.library_logging import silence_agents
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.dependencies import ReadSecret
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.installed import has_package
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Availability, Down

PINGGY: Final = "pinggy"
"""The service for people, and the name of its secret."""

_PATIENCE_S: Final = 30.0
_STOP_S: Final = 5.0


class _Agent(Protocol):
    def start(self) -> None: ...
    def stop(self) -> None: ...


class PinggyTunnel(Line):
    """One agent for each opening."""

    name: Final = PINGGY
    steps: Final = (
        "Nothing has to be set up. The address changes every hour; the program tells Kandy each time.",
        (
            "For an address that stays: make an account at https://pinggy.io, copy the token from its "
            "dashboard, and put it into the field “Token”."
        ),
    )

    def __init__(self, read_secret: ReadSecret) -> None:
        super().__init__()
        self._read_secret = read_secret
        self._run: _Run | None = None

    def is_available(self) -> Availability:
        """Whether the agent is in this installation."""
        return has_package("pinggy", PINGGY)

    async def start(self, local_port: int, told: EventQueue) -> str:
        """Run the agent in a thread and wait for its URL."""
        token = await self._read_secret(PINGGY)
        run = _Run(asyncio.get_running_loop(), told)
        self._run = run
        agent = await asyncio.to_thread(_make_agent, run, local_port, token)
        run.begin(agent)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                return await run.url
        except TimeoutError:
            raise errors.TookTooLong(PINGGY) from None

    async def stop(self) -> None:
        """End the agent; a thread of it that hangs cannot hold up the program's end."""
        run, self._run = self._run, None
        if run is not None:
            await asyncio.to_thread(run.end, _STOP_S)


class _Run:
    """One run of the agent: its first answer is the URL or an error, later ones are events."""

    def __init__(self, loop: asyncio.AbstractEventLoop, told: EventQueue) -> None:
        self.url: asyncio.Future[str] = loop.create_future()
        self._loop = loop
        self._told = told
        self._agent: _Agent | None = None
        self._thread: threading.Thread | None = None

    def begin(self, agent: _Agent) -> None:
        """Start the thread; a daemon, because a hanging agent must not keep the program alive."""
        self._agent = agent
        self._thread = threading.Thread(target=self._serve, name="pinggy", daemon=True)
        self._thread.start()

    def end(self, wait_s: float) -> None:
        """Stop the agent and wait for its thread; call it in a thread."""
        if self._agent is not None and self._thread is not None and self._thread.is_alive():
            try:
                self._agent.stop()
            except Exception:  # noqa: BLE001 - the agent raises bare exceptions when it has ended by itself
                self._agent = None
            self._thread.join(wait_s)

    # What the agent tells, from its own thread

    def is_up(self, urls: list[str]) -> None:
        """The tunnel is there."""
        secure = [url for url in urls if url.startswith("https://")]
        if secure:
            self._in_loop(lambda: self._settle(secure[0]))
        else:
            self._fail(errors.SaidNo(PINGGY))

    def was_refused(self) -> None:
        """pinggy was reached, and opened nothing."""
        self._fail(errors.SaidNo(PINGGY))

    def is_gone(self) -> None:
        """There is no connection, or no more."""
        self._fail(errors.ServiceUnreachable(PINGGY))

    def _serve(self) -> None:
        try:
            if self._agent is not None:
                self._agent.start()
        except Exception:  # noqa: BLE001 - the agent raises bare exceptions
            self.was_refused()
        else:
            self.is_gone()

    def _fail(self, error: TunnelFailed) -> None:
        self._in_loop(lambda: self._settle(error))

    def _settle(self, outcome: str | TunnelFailed) -> None:
        if isinstance(outcome, TunnelFailed):
            if self.url.done():
                self._told.put(Down(errors.LineLost(PINGGY)))
            else:
                self.url.set_exception(outcome)
        elif not self.url.done():
            self.url.set_result(outcome)

    def _in_loop(self, work: Callable[[], None]) -> None:
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:  # the loop has ended meanwhile
            return


def _make_agent(run: _Run, local_port: int, token: str) -> _Agent:
    silence_agents()
    import pinggy

    class Ears:
        """Takes the place of the agent's own handler, which logs what it hears."""

        def __init__(self, _tunnel: object) -> None:
            return

        def tunnel_established(self, urls: list[str]) -> None:
            run.is_up(urls)

        def tunnel_failed(self, _said: str) -> None:
            run.was_refused()

        def disconnected(self, _said: str) -> None:
            run.is_gone()

        def __getattr__(self, _event: str) -> Callable[..., bool]:
            return lambda *_said: False

    try:
        agent = cast("Any", pinggy).Tunnel(eventClass=Ears)
        agent.token = token
        agent.httpsonly = True
        agent.add_forwarding(f"127.0.0.1:{local_port}")
    except Exception as problem:
        raise errors.SaidNo(PINGGY) from problem
    return cast("_Agent", agent)
