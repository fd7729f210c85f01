"""Accounts that want the same tunnel get one, and each hears of its ups and downs."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.lifecycle import Line
from sms_desktop.net.tunnels.models import Down, Up
from sms_desktop.sync.running.tasks import TaskOwner
from sms_desktop.sync.ways.shared_tunnels import SharedTunnels


class Door(Line):
    """A line that counts how often it is opened and closed, and tells what the test wants."""

    steps = ()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.starts = 0
        self.stops = 0
        self.why_not: TunnelFailed | None = None

    async def start(self, local_port: int, told: EventQueue) -> str:
        self.starts += 1
        if self.why_not:
            raise self.why_not
        self.told = told
        return f"https://{self.name}.example"

    async def stop(self) -> None:
        self.stops += 1


@pytest.fixture
async def tasks() -> AsyncIterator[TaskOwner]:
    failures: list[str] = []
    owner = TaskOwner(lambda name, _error: failures.append(name))
    yield owner
    await owner.close()
    assert not failures


@pytest.fixture
def doors() -> dict[str, Door]:
    return {}


@pytest.fixture
def tunnels(doors: dict[str, Door], tasks: TaskOwner) -> SharedTunnels:
    return SharedTunnels(lambda name, _base: doors.setdefault(name, Door(name)), tasks)


async def test_two_accounts_share_one_tunnel_until_both_have_closed(
    tunnels: SharedTunnels, doors: dict[str, Door]
) -> None:
    first, second = tunnels.share("a", "x"), tunnels.share("a", "y")
    assert await first.open(81) == await second.open(81) == "https://a.example"
    assert doors["a"].starts == 1
    stops = doors["a"].stops
    await first.close()
    assert doors["a"].stops == stops
    await second.close()
    assert doors["a"].stops > stops
    assert await first.open(81) == "https://a.example"
    assert doors["a"].starts == 2
    await first.close()


async def test_each_hears_of_every_change(tunnels: SharedTunnels, doors: dict[str, Door]) -> None:
    both = [tunnels.share("a", "x"), tunnels.share("a", "y")]
    for one in both:
        await one.open(81)
    down, up = Down(TunnelFailed("Gone."), is_over=False), Up("https://b.example")
    doors["a"].told.put(down)
    doors["a"].told.put(up)
    for one in both:
        events = one.events()
        assert [await anext(events), await anext(events)] == [down, up]
    late = tunnels.share("a", "z")
    assert await late.open(81) == "https://b.example"
    for one in (*both, late):
        await one.close()


async def test_who_comes_while_it_is_down_hears_why(
    tunnels: SharedTunnels, doors: dict[str, Door]
) -> None:
    first = tunnels.share("a", "x")
    await first.open(81)
    doors["a"].told.put(Down(TunnelFailed("Gone."), is_over=False))
    await anext(first.events())
    with pytest.raises(TunnelFailed, match="Gone"):
        await tunnels.share("a", "y").open(81)
    await first.close()


async def test_a_tunnel_that_did_not_open_can_be_tried_again(
    tunnels: SharedTunnels, doors: dict[str, Door]
) -> None:
    tunnel = tunnels.share("a", "x")
    doors["a"].why_not = TunnelFailed("No.")
    with pytest.raises(TunnelFailed):
        await tunnel.open(81)
    doors["a"].why_not = None
    assert await tunnel.open(81) == "https://a.example"
    await tunnel.close()


@pytest.mark.parametrize("turns", range(1, 6))
async def test_a_closing_that_is_broken_off_closes_all_the_same(
    tunnels: SharedTunnels, doors: dict[str, Door], turns: int
) -> None:
    tunnel = tunnels.share("a", "x")
    await tunnel.open(81)
    stops = doors["a"].stops
    closing = asyncio.ensure_future(tunnel.close())
    for _ in range(turns):
        await asyncio.sleep(0)
    closing.cancel()
    await asyncio.wait([closing])
    assert doors["a"].stops > stops


async def test_other_names_are_other_tunnels(tunnels: SharedTunnels) -> None:
    one, other = tunnels.share("a", "x"), tunnels.share("b", "x")
    assert await one.open(81) != await other.open(81)
    await one.close()
    await other.close()
