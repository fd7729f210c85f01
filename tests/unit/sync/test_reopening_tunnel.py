"""A tunnel that dies is opened again, with waits, until it is closed."""

from collections.abc import AsyncIterator

import pytest

from sms_desktop.net.errors import TunnelFailed
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.models import Availability, Calling, Down, TunnelEvent, Up
from sms_desktop.sync.ways.reopening_tunnel import ReopeningTunnel


class WrongToken(TunnelFailed):
    sentence = "The token is wrong."
    needs_person = True


class Line:
    """A line whose openings go as ``script`` says: a URL, or why not."""

    name = "line"
    steps: tuple[str, ...] = ()
    calling = Calling()

    def __init__(self, *script: str | TunnelFailed) -> None:
        self._script = list(script)
        self.ports: list[int] = []
        self.is_open = False

    def is_available(self) -> Availability:
        return Availability()

    async def open(self, local_port: int) -> str:
        self.ports.append(local_port)
        outcome = self._script.pop(0)
        if isinstance(outcome, TunnelFailed):
            raise outcome
        self.told = EventQueue()
        self.is_open = True
        return outcome

    def events(self) -> AsyncIterator[TunnelEvent]:
        return self.told.each()

    async def close(self) -> None:
        self.is_open = False
        self.told.end()


class Waits:
    """Sleeps for no time and notes for how long; ``now_s`` moves by what was slept."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self.now_s = 0.0

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now_s += seconds


@pytest.fixture
def waits() -> Waits:
    return Waits()


def kept(line: Line, waits: Waits) -> ReopeningTunnel:
    return ReopeningTunnel(line, sleep=waits.sleep, random=lambda: 1.0, now_s=lambda: waits.now_s)


async def test_it_comes_back_with_another_url(waits: Waits) -> None:
    line = Line(
        "https://a.example", TunnelFailed("No way."), TunnelFailed("No."), "https://b.example"
    )
    tunnel = kept(line, waits)
    assert await tunnel.open(81) == "https://a.example"
    line.told.put(Down(TunnelFailed("Gone.")))
    events = tunnel.events()
    told = [await anext(events) for _ in range(4)]
    assert [one.reason for one in told[:3] if isinstance(one, Down)] == ["Gone.", "No way.", "No."]
    assert told[3] == Up("https://b.example")
    assert line.ports == [81] * 4
    assert waits.waits == [1.0, 2.0, 4.0]


async def test_a_line_that_comes_and_goes_is_opened_less_and_less_often(waits: Waits) -> None:
    line = Line(*["https://a.example"] * 6)
    tunnel = kept(line, waits)
    await tunnel.open(81)
    events = tunnel.events()
    for _ in range(4):
        line.told.put(Down(TunnelFailed("Gone.")))
        assert isinstance(await anext(events), Down)
        assert isinstance(await anext(events), Up)
    assert waits.waits == [1.0, 2.0, 4.0, 8.0]
    waits.now_s += 60
    line.told.put(Down(TunnelFailed("Gone.")))
    await anext(events)
    await anext(events)
    assert waits.waits[-1] == 1.0


async def test_an_agent_that_heals_itself_is_let_be(waits: Waits) -> None:
    line = Line("https://a.example")
    tunnel = kept(line, waits)
    await tunnel.open(81)
    line.told.put(Down(TunnelFailed("Gone."), is_over=False))
    line.told.put(Up("https://a.example"))
    events = tunnel.events()
    assert isinstance(await anext(events), Down)
    assert await anext(events) == Up("https://a.example")
    assert waits.waits == []


async def test_what_only_the_person_can_mend_is_not_hammered(waits: Waits) -> None:
    line = Line("https://a.example", WrongToken(), "https://a.example")
    tunnel = kept(line, waits)
    await tunnel.open(81)
    line.told.put(Down(TunnelFailed("Gone.")))
    events = tunnel.events()
    assert [type(await anext(events)) for _ in range(3)] == [Down, Down, Up]
    assert waits.waits[1] >= 60


async def test_the_first_opening_fails_at_once(waits: Waits) -> None:
    with pytest.raises(WrongToken):
        await kept(Line(WrongToken()), waits).open(81)
    assert waits.waits == []


async def test_closing_ends_the_events_and_stays_closed(waits: Waits) -> None:
    line = Line("https://a.example", "https://b.example")
    tunnel = kept(line, waits)
    await tunnel.open(81)
    await tunnel.close()
    assert [one async for one in tunnel.events()] == []
    assert line.ports == [81]


async def test_closing_while_it_waits_to_open_again_leaves_nothing_open(waits: Waits) -> None:
    line = Line("https://a.example", "https://b.example")
    tunnel = kept(line, waits)
    await tunnel.open(81)
    line.told.put(Down(TunnelFailed("Gone.")))
    events = tunnel.events()
    assert isinstance(await anext(events), Down)
    await tunnel.close()
    assert [one async for one in events] == []
    assert not line.is_open
    assert line.ports == [81]
