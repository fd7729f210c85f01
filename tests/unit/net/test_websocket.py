"""The websocket channel against a real websocket server: frames in order, signs of life, endings."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import WSMsgType, web

from sms_desktop.net.errors import (
    ChannelDied,
    ChannelRefused,
    ConnectionWasRefused,
    ConnectTimedOut,
    NoSuchHost,
    NotKept,
)
from sms_desktop.net.websocket import WebsocketChannel

TOKEN = "the-access-token"
CONN_ACK = json.dumps({"connAck": {}})


class Far:
    """Kandy's end: hands each connection to the test, and notes what comes in."""

    def __init__(self) -> None:
        self.port = 0
        self.status = 101
        self.acknowledges = True
        self.sockets: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.paths: list[str] = []
        self.frames_at_once: list[str] = []
        self.ended = asyncio.Event()

    async def start(self) -> web.ServerRunner:
        runner = web.ServerRunner(web.Server(self._serve, access_log=None), shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.port = runner.addresses[0][1]
        return runner

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        self.paths.append(request.raw_path)
        if self.status != 101:
            return web.Response(status=self.status)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for frame in self.frames_at_once:
            await socket.send_str(frame)
        self.sockets.put_nowait(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await self._hear(socket, json.loads(message.data))
        self.ended.set()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, said: dict[str, Any]) -> None:
        if "connCheck" in said and self.acknowledges:
            await socket.send_str(CONN_ACK)
        self.heard.put_nowait(said)


class Time:
    """Sleeps that end when the test says so."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self._sleeping: asyncio.Queue[asyncio.Future[None]] = asyncio.Queue()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        waiter = asyncio.get_running_loop().create_future()
        self._sleeping.put_nowait(waiter)
        await waiter

    async def pass_one_interval(self) -> None:
        (await self._sleeping.get()).set_result(None)


@pytest.fixture
async def far() -> AsyncIterator[Far]:
    server = Far()
    runner = await server.start()
    yield server
    await runner.cleanup()


@pytest.fixture
def time() -> Time:
    return Time()


class Frames:
    def __init__(self) -> None:
        self.all: list[bytes] = []
        self.came: asyncio.Queue[bytes] = asyncio.Queue()
        self.may_return = asyncio.Event()
        self.may_return.set()

    async def __call__(self, frame: bytes) -> None:
        self.came.put_nowait(frame)
        await self.may_return.wait()
        self.all.append(frame)


@pytest.fixture
def frames() -> Frames:
    return Frames()


Open = Callable[..., WebsocketChannel]


@pytest.fixture
def channel(far: Far, time: Time, frames: Frames) -> WebsocketChannel:
    url = f"ws://127.0.0.1:{far.port}/cpaas/x/+1%2B2/websocket?access_token={TOKEN}"
    return WebsocketChannel(url, on_frame=frames, sleep=time.sleep)


async def test_frames_come_in_order_one_after_the_other(
    far: Far, channel: WebsocketChannel, frames: Frames
) -> None:
    frames.may_return.clear()
    running = asyncio.create_task(channel.run())
    socket = await far.sockets.get()
    texts = [json.dumps({"n": n, "text": "Grüße 👋"}, ensure_ascii=False) for n in range(20)]
    for text in texts:
        await socket.send_str(text)
    await frames.came.get()
    assert frames.came.empty()
    frames.may_return.set()
    for _ in texts[1:]:
        await frames.came.get()
    await socket.close()
    await running
    assert frames.all == [text.encode() for text in texts]
    assert far.paths == [f"/cpaas/x/+1%2B2/websocket?access_token={TOKEN}"]


async def test_frames_that_come_with_the_opening_are_not_lost(
    far: Far, channel: WebsocketChannel, frames: Frames
) -> None:
    far.frames_at_once = ['{"a":1}', '{"b":2}']
    running = asyncio.create_task(channel.run())
    assert [await frames.came.get(), await frames.came.get()] == [b'{"a":1}', b'{"b":2}']
    await channel.close()
    await running


async def test_signs_of_life_are_asked_for_and_are_no_notifications(
    far: Far, channel: WebsocketChannel, frames: Frames, time: Time
) -> None:
    running = asyncio.create_task(channel.run())
    socket = await far.sockets.get()
    for _ in range(5):
        assert await far.heard.get() == {"connCheck": {"interval": 7}}
        # The acknowledgement went out before this frame, so it has been heard when this one has.
        await socket.send_str('{"x":1}')
        await frames.came.get()
        await time.pass_one_interval()
    assert not running.done()
    await channel.close()
    await running
    assert set(frames.all) == {b'{"x":1}'}
    assert set(time.slept) == {7}


async def test_three_misses_mean_dead(far: Far, channel: WebsocketChannel, time: Time) -> None:
    far.acknowledges = False
    running = asyncio.create_task(channel.run())
    for _ in range(3):
        await far.heard.get()
        assert not running.done()
        await time.pass_one_interval()
    with pytest.raises(ChannelDied):
        await running
    assert far.heard.empty()


async def test_two_misses_and_an_answer_do_not(
    far: Far, channel: WebsocketChannel, time: Time, frames: Frames
) -> None:
    running = asyncio.create_task(channel.run())
    far.acknowledges = False
    socket = await far.sockets.get()
    for answered in (False, False, True, False, False, True):
        await far.heard.get()
        if answered:
            await socket.send_str(CONN_ACK)
            await socket.send_str("{}")
            await frames.came.get()
        await time.pass_one_interval()
    await far.heard.get()
    assert not running.done()
    await channel.close()
    await running


async def test_storing_for_long_is_no_silence_of_kandys(
    far: Far, channel: WebsocketChannel, time: Time, frames: Frames
) -> None:
    frames.may_return.clear()
    running = asyncio.create_task(channel.run())
    await (await far.sockets.get()).send_str('{"a":1}')
    await frames.came.get()
    for _ in range(6):
        await far.heard.get()
        await time.pass_one_interval()
    await far.heard.get()
    assert not running.done()
    frames.may_return.set()
    await channel.close()
    await running


async def test_a_server_that_asks_is_answered(far: Far, channel: WebsocketChannel) -> None:
    running = asyncio.create_task(channel.run())
    socket = await far.sockets.get()
    assert "connCheck" in await far.heard.get()
    await socket.send_str(json.dumps({"connCheck": {"interval": 20}}))
    assert await far.heard.get() == {"connAck": {}}
    await channel.close()
    await running


@pytest.mark.parametrize(
    "frame",
    [
        '{"connAck":{},"inboundSMSMessageNotification":{}}',
        '{"text":"connCheck"}',
        '"connCheck"',
        "not json",
        "",
        "[" * 150,
        json.dumps({"connAck": "x" * 500}),
    ],
)
async def test_what_only_looks_like_a_sign_of_life_is_handed_on(
    far: Far, channel: WebsocketChannel, frames: Frames, frame: str
) -> None:
    running = asyncio.create_task(channel.run())
    await (await far.sockets.get()).send_str(frame)
    assert await frames.came.get() == frame.encode()
    await channel.close()
    await running


async def test_a_lost_connection_is_a_dead_channel(far: Far, channel: WebsocketChannel) -> None:
    running = asyncio.create_task(channel.run())
    socket = await far.sockets.get()
    transport = socket.get_extra_info("socket")
    assert transport is not None
    transport.shutdown(2)
    with pytest.raises(ChannelDied):
        await running


async def test_an_ending_with_an_error_is_a_dead_channel(
    far: Far, channel: WebsocketChannel
) -> None:
    running = asyncio.create_task(channel.run())
    await (await far.sockets.get()).close(code=1011)
    with pytest.raises(ChannelDied):
        await running


async def test_a_frame_that_is_far_too_long_is_a_dead_channel(
    far: Far, channel: WebsocketChannel, frames: Frames
) -> None:
    running = asyncio.create_task(channel.run())
    await (await far.sockets.get()).send_str("x" * 2_000_000)
    with pytest.raises(ChannelDied):
        await running
    assert not frames.all


async def test_what_was_not_kept_ends_the_channel(far: Far, time: Time) -> None:
    async def full_disk(_frame: bytes) -> None:
        raise NotKept

    url = f"ws://127.0.0.1:{far.port}/"
    running = asyncio.create_task(WebsocketChannel(url, on_frame=full_disk, sleep=time.sleep).run())
    await (await far.sockets.get()).send_str("{}")
    with pytest.raises(NotKept):
        await running


async def test_cancelling_closes_the_connection(far: Far, channel: WebsocketChannel) -> None:
    running = asyncio.create_task(channel.run())
    await far.heard.get()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await far.ended.wait()


async def test_a_refused_opening_tells_no_token(far: Far, channel: WebsocketChannel) -> None:
    far.status = 401
    with pytest.raises(ChannelRefused) as caught:
        await channel.run()
    assert caught.value.http_status == 401
    assert TOKEN not in f"{caught.value!r}{caught.value.text()}"
    assert caught.value.__cause__ is None


async def test_why_it_could_not_be_opened(far: Far, time: Time, frames: Frames) -> None:
    for url, kind in (
        ("ws://127.0.0.1:1/", ConnectionWasRefused),
        ("ws://kandy.invalid/", NoSuchHost),
    ):
        with pytest.raises(kind):
            await WebsocketChannel(url, on_frame=frames, sleep=time.sleep).run()


async def test_an_opening_that_never_ends_is_given_up(time: Time, frames: Frames) -> None:
    hung_up = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()
        hung_up.set()

    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        with pytest.raises(ConnectTimedOut):
            await WebsocketChannel(
                url, on_frame=frames, sleep=time.sleep, connect_timeout_s=0.05
            ).run()
        await hung_up.wait()
