"""Websocket channels: frames, checks of the connection in both roles, lifetimes."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from sms_desktop.simulator.surroundings import Surroundings
from tests.helpers.kandy_session import OWN, PATIENCE_S, PERSON, KandySession, Sleeps, kandy_session


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def sleeps() -> Sleeps:
    return Sleeps()


@pytest.fixture
async def slow_kandy(sleeps: Sleeps) -> AsyncIterator[KandySession]:
    """A session whose every wait lasts until the test lets it pass."""
    async with kandy_session(around=Surroundings(sleep=sleeps.sleep)) as session:
        yield session


async def socket_channel(kandy: KandySession, **fields: Any) -> dict[str, Any]:
    return await kandy.channel("Websockets", **{"channelLifetime": 3600} | fields)


async def connect(
    browser: aiohttp.ClientSession, kandy: KandySession, channel: dict[str, Any]
) -> aiohttp.ClientWebSocketResponse:
    token = kandy.http.headers["Authorization"].removeprefix("Bearer ")
    base = kandy.known["base_url"].replace("http", "ws", 1)
    url = f"{base}{channel['channelData']['channelURL']}?access_token={token}"
    return await browser.ws_connect(url)


async def test_each_notification_is_one_text_frame(
    kandy: KandySession, browser: aiohttp.ClientSession
) -> None:
    channel = await socket_channel(kandy)
    assert channel["channelType"] == "websockets"
    socket = await connect(browser, kandy, channel)
    await kandy.subscribe(channel["callbackURL"])
    for text in ("one", "two"):
        await kandy.turn("phone/write", person=PERSON, own=OWN, text=text)
    frames = [json.loads(await socket.receive_str(timeout=PATIENCE_S)) for _ in "ab"]
    said = [f["inboundSMSMessageNotification"]["inboundSMSMessage"]["message"] for f in frames]
    assert said == ["one", "two"]
    seen = (await kandy.control.get("/counters")).json()
    assert seen["webhooks"] == {"sent": 2}
    await socket.close()


async def test_what_comes_while_nobody_is_connected_is_lost(kandy: KandySession) -> None:
    channel = await socket_channel(kandy)
    await kandy.subscribe(channel["callbackURL"])
    await kandy.turn("phone/write", person=PERSON, own=OWN, text="hi")
    seen = await kandy.until(lambda seen: bool(seen["notifications"]))
    assert seen["webhooks"] == {"not-connected": 1}


async def test_a_client_that_checks_gets_an_answer(
    kandy: KandySession, browser: aiohttp.ClientSession
) -> None:
    socket = await connect(browser, kandy, await socket_channel(kandy))
    for rubbish in ("", "[]", "{", '"connCheck"', "[" * 9999):
        await socket.send_str(rubbish)
    await socket.send_bytes(b"\x00")
    await socket.send_str('{"connCheck":{"interval":30}}')
    assert await socket.receive_json(timeout=PATIENCE_S) == {"connAck": {}}
    await kandy.turn("settings", acknowledges=False)
    await socket.send_str('{"connCheck":{"interval":30}}')
    await kandy.turn("settings", acknowledges=True)
    await socket.close()


async def test_in_the_server_role_three_missed_answers_end_the_connection(
    slow_kandy: KandySession, browser: aiohttp.ClientSession, sleeps: Sleeps
) -> None:
    channel = await socket_channel(slow_kandy, **{"x-connCheckRole": "server"})
    socket = await connect(browser, slow_kandy, channel)
    assert await socket.receive_str(timeout=PATIENCE_S) == '{"connCheck": {"interval": 30}}'
    await socket.send_str('{"connAck":{}}')
    # An answer to a check of ours proves that the acknowledgement before it was read.
    await socket.send_str('{"connCheck":{"interval":30}}')
    assert await socket.receive_json(timeout=PATIENCE_S) == {"connAck": {}}
    # The channel's lifetime sleeps too, the first time.
    for sleepers in (2, 1, 1):
        await sleeps.let_pass(sleepers)
        assert "connCheck" in await socket.receive_json(timeout=PATIENCE_S)
    await sleeps.let_pass()
    assert (await socket.receive(PATIENCE_S)).type is aiohttp.WSMsgType.CLOSE
    await socket.close()


async def test_a_lifetime_ends_the_channel_its_connection_and_its_subscriptions(
    kandy: KandySession, browser: aiohttp.ClientSession
) -> None:
    channel = await socket_channel(kandy, channelLifetime=60)
    socket = await connect(browser, kandy, channel)
    await kandy.subscribe(channel["callbackURL"])
    await kandy.turn("clock", advance_s=59)
    assert not socket.closed
    await kandy.turn("clock", advance_s=2)
    assert (await socket.receive(PATIENCE_S)).type is aiohttp.WSMsgType.CLOSE
    assert (await kandy.http.get(channel["resourceURL"])).status_code == 404
    assert (await kandy.control.get("/subscriptions")).json() == []
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await connect(browser, kandy, channel)
    assert refused.value.status == 404
    await socket.close()


async def test_a_renewed_channel_lives_on(kandy: KandySession) -> None:
    channel = await socket_channel(kandy, channelLifetime=60)
    wanted = {"notificationChannelLifetime": {"channelLifetime": 60}}
    for url in (channel["channelData"]["channelURL"], channel["resourceURL"]):
        await kandy.turn("clock", advance_s=50)
        renewed = await kandy.http.put(f"{url}/channelLifetime", json=wanted)
        assert (renewed.status_code, renewed.json()) == (200, wanted)
    await kandy.turn("clock", advance_s=50)
    assert (await kandy.http.get(channel["resourceURL"])).status_code == 200
    await kandy.turn("clock", advance_s=50)
    url = f"{channel['resourceURL']}/channelLifetime"
    assert (await kandy.http.put(url, json=wanted)).status_code == 404


async def test_a_lifetime_ends_by_itself(
    slow_kandy: KandySession, browser: aiohttp.ClientSession, sleeps: Sleeps
) -> None:
    channel = await socket_channel(slow_kandy, channelLifetime=60)
    assert sleeps.asked_s == [pytest.approx(60, abs=5)]
    socket = await connect(browser, slow_kandy, channel)
    await sleeps.let_pass()
    # The wait is over, but Kandy's clock says that the channel lives: nothing happens to it.
    assert (await slow_kandy.http.get(channel["resourceURL"])).status_code == 200
    await socket.close()


async def test_a_token_is_asked_for(kandy: KandySession, browser: aiohttp.ClientSession) -> None:
    channel = await socket_channel(kandy)
    await kandy.turn("tokens", revoke=True)
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await connect(browser, kandy, channel)
    assert refused.value.status == 401


async def test_an_outage_cuts_the_connection(
    kandy: KandySession, browser: aiohttp.ClientSession
) -> None:
    channel = await socket_channel(kandy)
    socket = await connect(browser, kandy, channel)
    await kandy.turn("network", up=False)
    assert (await socket.receive(PATIENCE_S)).type in {
        aiohttp.WSMsgType.CLOSED,
        aiohttp.WSMsgType.ERROR,
    }
    await kandy.turn("network", up=True)
    again = await connect(browser, kandy, channel)
    assert not again.closed
    await again.close()


@pytest.mark.parametrize(
    "fields", [{"channelType": "pigeons"}, {"x-connCheckRole": "both"}, {"channelLifetime": 0}]
)
async def test_a_channel_that_makes_no_sense_is_refused(
    kandy: KandySession, fields: dict[str, Any]
) -> None:
    wanted = {"channelType": "Websockets"} | fields
    answer = await kandy.http.post(
        f"/cpaas/notificationchannel/v1/{kandy.user_id}/channels",
        json={"notificationChannel": wanted},
    )
    assert answer.status_code == 400
