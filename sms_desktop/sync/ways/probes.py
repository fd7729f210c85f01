"""The calls of our own public addresses: one fact for each tunnel, and a way to call all at once."""

from collections.abc import Callable
from weakref import WeakSet

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.facts import TunnelFact
from sms_desktop.net.tunnels.models import Tunnel
from sms_desktop.sync.running.backoff import Sleep
from sms_desktop.sync.running.tasks import TaskOwner
from sms_desktop.sync.ways.probed_tunnel import Calls, ProbedTunnel


class Probes:
    """Makes tunnels that call themselves; accounts that share a tunnel share its fact."""

    def __init__(
        self,
        make_calls: Callable[[], Calls],
        tasks: TaskOwner,
        *,
        now_ms: NowMs,
        sleep: Sleep,
        on_fact: Callable[[], None],
    ) -> None:
        self._make_calls = make_calls
        self._tasks = tasks
        self._now_ms = now_ms
        self._sleep = sleep
        self._on_fact = on_fact
        self._facts: dict[str, TunnelFact] = {}
        self._tunnels: WeakSet[ProbedTunnel] = WeakSet()

    def fact(self, chosen: str) -> TunnelFact:
        """How the tunnel of that choice stands, now and later."""
        return self._facts.setdefault(chosen, TunnelFact(chosen))

    def watched(self, chosen: str, inside: Tunnel) -> Tunnel:
        """The tunnel of that choice, with calls."""
        fact = self.fact(chosen)
        fact.name, fact.every_s = inside.name, inside.calling.every_s
        tunnel = ProbedTunnel(
            inside,
            self._make_calls(),
            fact,
            self._tasks,
            now_ms=self._now_ms,
            sleep=self._sleep,
            on_fact=self._on_fact,
        )
        self._tunnels.add(tunnel)
        return tunnel

    def call_now(self) -> None:
        """After a wake, a change of network, or because the person asks."""
        for tunnel in tuple(self._tunnels):
            tunnel.call_now()
