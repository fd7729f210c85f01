"""The client against the simulated Kandy, over real HTTP: every call, and what it makes of answers."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.ids import ChannelId, MessageId, SubscriptionId
from sms_desktop.domain.message import Direction
from sms_desktop.net import errors
from sms_desktop.net.credentials import ProjectCredentials, UserCredentials
from sms_desktop.net.kandy import KandyClient
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.websocket import WebsocketChannel
from sms_desktop.wire import notifications
from sms_desktop.wire.answers import Channel
from tests.helpers.raw_kandy import Asked, RawKandy, http
from tests.helpers.simulator import SimulatorProcess, simulator  # noqa: F401

ANNA = Address("+16135550101")
STRANGER = Address("+14165550199")
SECRET_TEXT = "the text that nobody may read"
MakeClient = Callable[..., KandyClient]


@pytest.fixture
def kandy(make_client: MakeClient, simulator: SimulatorProcess) -> KandyClient:  # noqa: F811
    return make_client(
        simulator.base_url, ProjectCredentials(simulator.client_id, simulator.client_secret)
    )


@pytest.fixture
def own(simulator: SimulatorProcess) -> tuple[Address, ...]:  # noqa: F811
    return tuple(Address(number) for number in simulator.numbers)


async def test_both_ways_to_sign_in(
    kandy: KandyClient,
    make_client: MakeClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    claims = await kandy.sign_in()
    assert (claims.user_id, claims.numbers) == (simulator.user_id, own)
    user = UserCredentials(simulator.client_id, simulator.email, simulator.password)
    client = make_client(simulator.base_url, user)
    await client.sign_in()
    assert (client.user_id, client.numbers) == (simulator.user_id, own)
    wrong = UserCredentials(simulator.client_id, simulator.email, "wrong")
    with pytest.raises(errors.WrongPassword):
        await make_client(simulator.base_url, wrong).sign_in()
    with pytest.raises(errors.WrongProjectSecret):
        await make_client(simulator.base_url, ProjectCredentials("x", "y")).sign_in()


async def test_a_text_from_sending_to_deleting(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    text = "Grüße 👋\n“quoted” %1 +1"
    answer = await kandy.send(own[1], ANNA, text)
    assert (answer.sender, answer.state, answer.text) == (own[1], State.ACCEPTED, text)
    assert answer.message_id is not None
    (message,) = [m async for m in kandy.messages(own[1], ANNA)]
    assert (message.message_id, message.text) == (answer.message_id, text)
    assert message.direction is Direction.OUTBOUND
    await simulator.awaitable.report(answer.message_id)
    assert await kandy.message_status(own[1], ANNA, answer.message_id) == "DeliveredToTerminal"
    (thread,) = [t async for t in kandy.threads()]
    assert (thread.local, thread.remote, thread.last_text) == (own[1], ANNA, text)
    await kandy.delete_message(own[1], ANNA, answer.message_id)
    await kandy.delete_message(own[1], ANNA, answer.message_id)
    assert not [m async for m in kandy.messages(own[1], ANNA)]
    await kandy.send(own[1], ANNA, "once more")
    await kandy.delete_thread(own[1], ANNA)
    await kandy.delete_thread(own[1], ANNA)
    assert not [t async for t in kandy.threads()]


async def test_kandy_names_the_default_sender(kandy: KandyClient, own: tuple[Address, ...]) -> None:
    assert (await kandy.send(DEFAULT_SENDER, ANNA, "hi")).sender == own[0]


async def test_a_senders_name_is_no_path(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    """Remote addresses are whatever other people's phones say they are."""
    for odd in ("My Bank", "a/b", "..", "50%2F", "?x=1#y", "12345", "Müller"):
        await simulator.awaitable.write_as(odd, own[0], odd)
        assert [m.text async for m in kandy.messages(own[0], Address(odd))] == [odd]


async def test_numbers_that_are_not_ours(kandy: KandyClient) -> None:
    with pytest.raises(errors.NotAssigned):
        await kandy.send(STRANGER, ANNA, "hi")
    with pytest.raises(errors.NotAssigned):
        await kandy.subscribe(STRANGER, (await kandy.create_websocket(60)).channel_id)


async def test_history_comes_whole_over_many_pages(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    await simulator.awaitable.burst(own[0], 250, person=ANNA)
    assert not [m async for m in kandy.messages(own[0], STRANGER)]
    await simulator.awaitable.wait_for_phone(ANNA, own[0], lambda found: len(found) == 250)
    found = [m async for m in kandy.messages(own[0], ANNA)]
    assert len({m.message_id for m in found}) == len(found) == 250
    assert (await simulator.awaitable.seen()).requests["messages"] >= 4
    newest_ms = max(m.at_ms for m in found)
    assert not [m async for m in kandy.messages(own[0], ANNA, since_ms=newest_ms)]


async def test_a_pointer_that_leads_in_circles_is_followed_once(
    client: KandyClient, server: RawKandy
) -> None:
    async def always_the_same(_asked: Asked) -> bytes:
        return http(200, {"smsThreadList": {"smsThread": [], "next": "again"}})

    server.other = always_the_same
    assert not [t async for t in client.threads(since_ms=5)]
    asked = [a.path.partition("?")[2] for a in server.asked[1:]]
    assert asked == ["max=100&lastMessageTime=5", "max=100&next=again&lastMessageTime=5"]


async def test_subscriptions_and_the_webhook_that_they_notify(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    bodies: list[bytes] = []

    async def keep(body: bytes, _headers: Any) -> None:
        bodies.append(body)

    listener = WebhookListener()
    url = f"http://127.0.0.1:{await listener.start()}{listener.open_path(keep)}"
    channel = await kandy.create_webhook(url)
    assert (channel.kind, channel.url) == ("webhooks", url)
    assert [c.channel_id for c in await kandy.channels()] == [channel.channel_id]
    assert await kandy.subscriptions() == ()
    made = await kandy.subscribe(own[0], channel.channel_id)
    assert [s.subscription_id for s in await kandy.subscriptions()] == [made.subscription_id]
    receipts = await kandy.subscribe_receipts(channel.channel_id)
    await simulator.awaitable.write_as(ANNA, own[0], "hello there")
    await simulator.awaitable.until(lambda seen: seen.webhooks.get("200", 0) == 1)
    notification = notifications.parse(bodies[0])
    assert isinstance(notification, notifications.Inbound)
    assert notification.message.text == "hello there"
    for _ in range(2):
        await kandy.unsubscribe(made.subscription_id)
        await kandy.unsubscribe_receipts(receipts)
        await kandy.delete_channel(channel.channel_id)
    assert await kandy.subscriptions() == ()
    assert await kandy.channels() == ()
    await listener.close()


async def test_the_websocket_channel_of_the_simulated_kandy(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
) -> None:
    frames: asyncio.Queue[bytes] = asyncio.Queue()

    async def never(_seconds: float) -> None:
        await asyncio.Event().wait()

    channel = await kandy.create_websocket(3600)
    await kandy.renew_channel(channel, 3600)
    await kandy.subscribe(own[0], channel.channel_id)
    opened = asyncio.Event()
    socket = WebsocketChannel(
        await kandy.websocket_url(channel), on_frame=frames.put, sleep=never, on_open=opened.set
    )
    running = asyncio.create_task(socket.run())
    running.add_done_callback(lambda _: opened.set())
    await opened.wait()
    assert not running.done()
    await simulator.awaitable.write_as(ANNA, own[0], "over the websocket")
    assert json.loads(await frames.get())["inboundSMSMessageNotification"]
    await socket.close()
    await running


async def test_a_websocket_url_leads_to_our_own_host(client: KandyClient, server: RawKandy) -> None:
    await client.sign_in()
    channel = Channel(ChannelId("c"), "websockets", "wss://evil.example/x/+1?y=1", None, "")
    url = await client.websocket_url(channel)
    assert url.startswith(f"ws://127.0.0.1:{server.port}/x/+1?access_token=")
    with pytest.raises(errors.Unreadable):
        await client.websocket_url(Channel(ChannelId("c"), "websockets", None, None, ""))


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> None:
    names = ("", "httpx", "httpcore", "httpcore.http11", "aiohttp", "aiohttp.access", "asyncio")
    for name in names:
        caplog.set_level(logging.DEBUG, logger=name)


@pytest.mark.usefixtures("everything_logged")
async def test_a_whole_session_leaves_nothing_secret_in_the_log(
    kandy: KandyClient,
    simulator: SimulatorProcess,  # noqa: F811
    own: tuple[Address, ...],
    caplog: pytest.LogCaptureFixture,
) -> None:
    log = logging.getLogger("tests")
    await kandy.sign_in()
    answer = await kandy.send(own[0], ANNA, SECRET_TEXT)
    assert [m async for m in kandy.messages(own[0], ANNA)]
    await simulator.awaitable.revoke_tokens()
    url = await kandy.websocket_url(await kandy.create_websocket(60))
    await simulator.awaitable.fault("refuse", "send", variables=[ANNA])
    await simulator.awaitable.fault("drop-answer", "send")
    for sender in (own[0], own[0], STRANGER):
        try:
            await kandy.send(sender, ANNA, SECRET_TEXT)
        except errors.NetError as problem:
            log.error("%s %r", problem, problem, exc_info=True)
    log.info("%r %r", kandy, answer.state)
    await kandy.delete_message(own[0], ANNA, answer.message_id or MessageId("x"))
    await kandy.unsubscribe(SubscriptionId("none"))
    told = caplog.text + json.dumps([str(r.__dict__) for r in caplog.records], default=str)
    assert "tests" in told
    token = url.partition("access_token=")[2]
    digits = [number.removeprefix("+") for number in (*own, ANNA, STRANGER)]
    for planted in (simulator.client_secret, token, SECRET_TEXT, *digits):
        assert planted not in told, planted
