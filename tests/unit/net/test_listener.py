"""The webhook listener over real sockets: 200 only for what is kept, nothing at all for strangers."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import aiohttp
import httpx
import pytest

from sms_desktop.net.connection_filter import NOTHING_HERE
from sms_desktop.net.errors import ListenerFailed, NotKept
from sms_desktop.net.listener import WebhookListener
from tests.helpers.calls import Kept, raw
from tests.helpers.ports import free_port

MakeListener = Callable[..., Awaitable[WebhookListener]]


@pytest.fixture
async def http(listener: WebhookListener) -> AsyncIterator[httpx.AsyncClient]:
    base_url = f"http://127.0.0.1:{listener.port}"
    async with httpx.AsyncClient(base_url=base_url, trust_env=False) as client:
        yield client


async def test_a_notification_is_kept_and_acknowledged(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    assert len(path) == 44
    answer = await http.post(path, content=b'{"a":1}', headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert kept.bodies == [b'{"a":1}']
    assert kept.headers[0]["authorization"] == "Bearer x"
    assert (listener.accepted, listener.refused) == (1, 0)


async def test_200_waits_for_the_handler(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    kept.may_return.clear()
    post = asyncio.create_task(http.post(listener.open_path(kept), content=b"{}"))
    await kept.came.wait()
    other = await http.post(listener.open_path(Kept()), content=b"{}")
    assert other.status_code == 200
    assert not post.done()
    kept.may_return.set()
    assert (await post).status_code == 200


async def test_a_client_that_hangs_up_does_not_stop_the_storing(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    kept.may_return.clear()
    stored = asyncio.Event()

    async def handler(body: bytes, headers: Mapping[str, str]) -> None:
        await kept(body, headers)
        stored.set()

    post = asyncio.create_task(http.post(listener.open_path(handler), content=b"{}"))
    await kept.came.wait()
    post.cancel()
    await asyncio.gather(post, return_exceptions=True)
    kept.may_return.set()
    await stored.wait()


async def test_closing_lets_the_storing_finish(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    kept.may_return.clear()
    post = asyncio.create_task(http.post(listener.open_path(kept), content=b"{}"))
    await kept.came.wait()
    closing = asyncio.create_task(listener.close())
    kept.may_return.set()
    assert (await post).status_code == 200
    await closing
    with pytest.raises(httpx.ConnectError):
        await http.post("/", content=b"{}")


async def test_what_is_not_kept_is_asked_for_again(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    async def full_disk(_body: bytes, _headers: Mapping[str, str]) -> None:
        raise NotKept

    assert (await http.post(listener.open_path(full_disk), content=b"{}")).status_code == 503
    assert (listener.accepted, listener.refused) == (0, 1)


@pytest.mark.log_warnings("A webhook handler failed with ZeroDivisionError")
async def test_a_mistake_of_ours_is_no_200_and_tells_no_text(
    listener: WebhookListener, http: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    async def mistaken(body: bytes, _headers: Mapping[str, str]) -> None:
        raise ZeroDivisionError(body)

    answer = await http.post(listener.open_path(mistaken), content=b"the text")
    assert (answer.status_code, answer.content) == (503, b"")
    assert "in mistaken" in caplog.text
    assert "the text" not in caplog.text


async def test_strangers_all_see_the_same_nothing(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    closed = listener.open_path(kept)
    listener.close_path(closed)
    answers = [
        await http.post("/", content=b"{}"),
        await http.post("/" + "A" * 43, content=b"{}"),
        await http.post(path[:-1], content=b"{}"),
        await http.post(path + "/", content=b"{}"),
        await http.post(path + "x", content=b"{}"),
        await http.post(closed, content=b"{}"),
        await http.post("/x", content=b"x" * 300_000),
        await http.get(closed),
        await http.options("/"),
        await http.put(path, content=b"{}"),
        await http.request("PROPFIND", path),
    ]
    looks = {(a.status_code, a.content, *sorted(set(a.headers) - {"date"})) for a in answers}
    assert looks == {(404, b"", "connection", "content-length")}
    assert not kept.bodies
    assert listener.refused == len(answers)


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
async def test_whoever_only_looks_whether_the_address_is_there_finds_it(
    listener: WebhookListener, http: httpx.AsyncClient, method: str
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    answer = await http.request(method, path)
    assert (answer.status_code, answer.content) == (200, b"")
    assert not kept.bodies
    assert (listener.accepted, listener.refused) == (0, 0)


@pytest.mark.parametrize(
    "noise",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"POST / HTTP/1.1\r\nContent-Length: minus\r\n\r\n",
    ],
)
async def test_noise_gets_nothing_and_leaves_no_trace(
    make_listener: MakeListener, caplog: pytest.LogCaptureFixture, noise: bytes
) -> None:
    listener = await make_listener()
    with caplog.at_level("DEBUG"):
        answer = await raw(listener, noise)
    assert answer == b"" or answer == NOTHING_HERE
    assert b"ython" not in answer
    assert not [r for r in caplog.records if r.name != "asyncio"]


async def test_the_path_counts_behind_a_proxy_of_the_persons_own(
    listener: WebhookListener, http: httpx.AsyncClient
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    assert (await http.post(f"/hooks/sms{path}?source=proxy", content=b"{}")).status_code == 200


async def chunks(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def test_a_body_may_be_as_long_as_allowed_and_no_longer(
    make_listener: MakeListener,
) -> None:
    listener = await make_listener(body_bytes=1000)
    kept = Kept()
    url = f"http://127.0.0.1:{listener.port}{listener.open_path(kept)}"
    zipped = {"Content-Encoding": "gzip"}
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(url, content=b"x" * 1000)).status_code == 200
        assert (await http.post(url, content=chunks(b"x" * 600, b"x" * 400))).status_code == 200
        assert (await http.post(url, content=b"x" * 1001)).status_code == 413
        assert (await http.post(url, content=chunks(b"x" * 600, b"x" * 401))).status_code == 413
        assert (await http.post(url, content=gzip.compress(b"x" * 1000), headers=zipped)).is_success
        bomb = gzip.compress(b"x" * 1_000_000)
        assert (await http.post(url, content=bomb, headers=zipped)).status_code == 413
        assert (await http.post(url, content=b"not gzip", headers=zipped)).status_code == 400
    assert kept.bodies == [b"x" * 1000] * 3


async def test_a_client_that_asks_before_sending_is_told_to_go_on(
    listener: WebhookListener,
) -> None:
    kept = Kept()
    reader, writer = await asyncio.open_connection("127.0.0.1", listener.port)
    head = f"POST {listener.open_path(kept)} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
    writer.write(head.encode() + b"Expect: 100-continue\r\n\r\n")
    assert await reader.readuntil(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
    writer.write(b"{}")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200 ")
    writer.close()


async def test_slow_clients_are_cut(make_listener: MakeListener) -> None:
    listener = await make_listener(silence_s=0.05, head_s=0.05, body_s=0.05, linger_s=0.05)
    path = listener.open_path(Kept()).encode()
    head = b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
    assert await raw(listener) == b""
    assert await raw(listener, head[:20]) == b""
    assert (await raw(listener, head, b"half")).startswith(b"HTTP/1.1 408 ")


async def test_a_client_that_dawdles_after_its_first_request_is_cut(
    make_listener: MakeListener,
) -> None:
    listener = await make_listener(idle_s=0.05)
    path = listener.open_path(Kept()).encode()
    whole = b"POST " + path + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"
    answer = await raw(listener, whole, whole, whole[:20])
    assert answer.count(b"HTTP/1.1 200 ") == 2


async def test_many_at_once_are_all_kept(listener: WebhookListener) -> None:
    one, other = Kept(), Kept()
    urls = [f"http://127.0.0.1:{listener.port}{listener.open_path(k)}" for k in (one, other)]
    # httpx takes seconds for as many at once.
    async with aiohttp.ClientSession() as http:

        async def post(number: int) -> int:
            async with http.post(urls[number % 2], data=f"{number}") as answer:
                return answer.status

        assert set(await asyncio.gather(*map(post, range(300)))) == {200}
    assert sorted(one.bodies + other.bodies) == sorted(f"{n}".encode() for n in range(300))
    assert {int(body) % 2 for body in one.bodies} == {0}
    assert listener.accepted == 300


async def test_a_port_that_is_taken(listener: WebhookListener) -> None:
    with pytest.raises(ListenerFailed):
        await WebhookListener().start(listener.port or 0)


async def test_it_can_be_started_again(listener: WebhookListener) -> None:
    assert await listener.start() == listener.port
    kept = Kept()
    path = listener.open_path(kept)
    await listener.close()
    await listener.close()
    port = await listener.start()
    async with httpx.AsyncClient(trust_env=False) as http:
        assert (await http.post(f"http://127.0.0.1:{port}{path}")).status_code == 200


async def test_those_who_start_it_at_once_share_one_server() -> None:
    listener = WebhookListener()
    ports = await asyncio.gather(listener.start(), listener.start(), listener.start())
    assert set(ports) == {listener.port}
    await listener.close()
    assert listener.port is None


async def test_it_moves_to_another_port_and_keeps_its_paths() -> None:
    wanted = [0]
    listener = WebhookListener(fixed_port=lambda: wanted[0])
    assert not await listener.move()
    before = await listener.start()
    kept = Kept()
    path = listener.open_path(kept)
    wanted[0] = free_port()
    async with httpx.AsyncClient(trust_env=False) as client:
        await client.post(f"http://127.0.0.1:{before}{path}", content=b"old")
        assert await listener.move()
        assert listener.port == wanted[0]
        assert (await client.post(f"http://127.0.0.1:{wanted[0]}{path}", content=b"new")).is_success
        with pytest.raises(httpx.ConnectError):
            await client.post(f"http://127.0.0.1:{before}{path}", content=b"nowhere")
    assert kept.bodies == [b"old", b"new"]
    assert not await listener.move()
    await listener.close()


async def test_a_port_that_is_taken_leaves_it_where_it_is(listener: WebhookListener) -> None:
    wanted = [0]
    other = WebhookListener(fixed_port=lambda: wanted[0])
    before = await other.start()
    wanted[0] = listener.port or 0
    with pytest.raises(ListenerFailed):
        await other.move()
    assert other.port == before
    await other.close()
