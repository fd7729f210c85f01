"""The network between Kandy and its clients goes down, and comes back under the same address."""

import asyncio

import httpx
import pytest

from tests.helpers.kandy_session import OWN, PERSON, KandySession
from tests.helpers.webhook import Webhook


async def test_without_a_network_connections_are_refused(kandy: KandySession) -> None:
    await kandy.send("before")
    await kandy.turn("network", up=False)
    with pytest.raises(httpx.ConnectError):
        await kandy.send("meanwhile")
    await kandy.turn("network", up=True)
    assert (await kandy.send("after")).status_code == 201
    assert await kandy.texts() == ["after", "before"]


async def test_or_they_are_cut_before_anything_is_done(kandy: KandySession) -> None:
    await kandy.turn("network", up=False, how="cut")
    with pytest.raises(httpx.TransportError) as cut:
        await kandy.send("meanwhile")
    assert not isinstance(cut.value, httpx.ConnectError)
    await kandy.turn("network", up=True)
    assert await kandy.texts() == []


async def test_an_answer_that_is_held_dies_with_the_network(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="hold-answer", route="send")
    sending = asyncio.create_task(kandy.send("accepted, unknown"))
    await kandy.until(lambda seen: seen["held"] == 1)
    await kandy.turn("network", up=False)
    with pytest.raises(httpx.TransportError):
        await sending
    await kandy.turn("faults/release")
    await kandy.turn("network", up=True)
    assert await kandy.texts() == ["accepted, unknown"]
    seen = (await kandy.control.get("/counters")).json()
    assert {k: n for k, n in seen["answers"].items() if k.startswith("send")} == {"send cut": 1}


async def test_people_go_on_texting_and_kandy_stores_it(
    kandy: KandySession, webhook: Webhook
) -> None:
    await kandy.subscribe(await kandy.webhook_channel(webhook.url))
    await kandy.turn("network", up=False)
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="are you there?")
    seen = await kandy.until(lambda seen: bool(seen["notifications"]))
    assert seen["webhooks"] == {"network-down": 1}
    await kandy.turn("network", up=True)
    assert await kandy.texts() == ["are you there?"]
    assert webhook.is_empty()


async def test_switching_it_off_twice_and_on_twice_is_harmless(kandy: KandySession) -> None:
    for up in (False, False, True, True):
        await kandy.turn("network", up=up)
    assert (await kandy.send()).status_code == 201


async def test_the_switch_on_kandys_own_address_answers_too(kandy: KandySession) -> None:
    answer = await kandy.http.post("/simulator/network", json={"up": False})
    assert answer.json() == {"up": False}
    await kandy.turn("network", up=True)
