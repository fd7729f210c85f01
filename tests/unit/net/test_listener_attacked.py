"""What strangers may try at the listener's port, over raw sockets: nothing of it may cost a message."""

import asyncio
import gzip
import socket
from contextlib import suppress

import pytest

from sms_desktop.net.connection_filter import NOTHING_HERE
from sms_desktop.net.errors import NotForUs
from sms_desktop.net.listener import WebhookListener
from tests.helpers.calls import Kept, connect, post, raw, talk
from tests.unit.net.conftest import MakeListener

CLOSE = b"Connection: close"


def statuses(answer: bytes) -> list[bytes]:
    return [line.split()[1] for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.")]


async def test_any_number_of_silent_callers_keep_no_message_out(
    make_listener: MakeListener,
) -> None:
    listener = await make_listener(waiting=8, silence_s=60)
    kept = Kept()
    path = listener.open_path(kept)
    silent = [await connect(listener) for _ in range(100)]
    assert statuses(await raw(listener, post(path, b"{}", CLOSE))) == [b"200"]
    assert kept.bodies == [b"{}"]
    # The oldest were cut for the newer ones; one that waits may still speak.
    with suppress(ConnectionError):
        assert await silent[0][0].read() == b""
    assert statuses(await talk(silent[-1], post(path, b"late", CLOSE))) == [b"200"]
    for _, writer in silent:
        writer.close()


async def test_neither_do_callers_that_stop_in_the_middle_of_a_line(
    make_listener: MakeListener,
) -> None:
    listener = await make_listener(waiting=8, silence_s=60)
    path = listener.open_path(Kept())
    slow = [await connect(listener) for _ in range(100)]
    for _, writer in slow:
        writer.write(b"POST " + path.encode()[:20])
        await writer.drain()
    assert statuses(await raw(listener, post(path, b"{}", CLOSE))) == [b"200"]
    for _, writer in slow:
        writer.close()


async def test_a_caller_that_speaks_letter_by_letter_is_understood(
    listener: WebhookListener,
) -> None:
    kept = Kept()
    request = post(listener.open_path(kept), b"slowly", CLOSE)
    pieces = [request[at : at + 1] for at in range(len(request))]
    assert statuses(await raw(listener, *pieces)) == [b"200"]
    assert kept.bodies == [b"slowly"]


async def test_who_was_let_in_and_is_silent_goes_for_the_next(make_listener: MakeListener) -> None:
    listener = await make_listener(connections=2)
    path = listener.open_path(Kept())
    idle = []
    for _ in range(3):
        line = await connect(listener)
        line[1].write(post(path))
        assert (await line[0].readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 ")
        idle.append(line)
    assert await idle[0][0].read() == b""
    for line in idle[1:]:
        assert statuses(await talk(line, post(path, b"{}", CLOSE))) == [b"200"]
    idle[0][1].close()


async def test_nobody_goes_whose_message_is_being_stored(make_listener: MakeListener) -> None:
    listener = await make_listener(connections=1)
    kept = Kept()
    kept.may_return.clear()
    path = listener.open_path(kept)
    storing = asyncio.create_task(raw(listener, post(path, b"first", CLOSE)))
    await kept.came.wait()
    assert await raw(listener, post(path, b"second", CLOSE)) == b""
    kept.may_return.set()
    assert statuses(await storing) == [b"200"]
    assert kept.bodies == [b"first"]


async def test_many_requests_at_once_over_one_connection(listener: WebhookListener) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    bodies = [b"%d" % n for n in range(200)]
    requests = [post(path, body) for body in bodies]
    answer = await raw(listener, b"".join(requests) + post(path, b"last", CLOSE))
    assert statuses(answer) == [b"200"] * 201
    assert kept.bodies == [*bodies, b"last"]


async def test_a_wrong_request_ends_the_connection_and_what_follows_is_not_heard(
    listener: WebhookListener,
) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    answer = await raw(listener, post(path) + post("/x", b"") + post(path, b"smuggled"))
    assert statuses(answer) == [b"200", b"404"]
    assert kept.bodies == [b"{}"]
    hidden = post("/x", post(path, b"smuggled"), head=b"Content-Length: 2\r\n")
    assert statuses(await raw(listener, hidden)) == [b"404"]
    assert kept.bodies == [b"{}"]


async def test_a_connection_may_carry_so_many_requests_and_no_more(
    make_listener: MakeListener,
) -> None:
    listener = await make_listener(requests=3)
    kept = Kept()
    path = listener.open_path(kept)
    answer = await raw(listener, post(path) * 5)
    assert statuses(answer) == [b"200"] * 3
    assert answer.count(b"Connection: close") == 1
    assert len(kept.bodies) == 3


CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param(CHUNKED, b"zz\r\n{}\r\n0\r\n\r\n", id="no number"),
        pytest.param(CHUNKED, b"-2\r\n{}\r\n0\r\n\r\n", id="negative"),
        pytest.param(CHUNKED, b"f" * 40 + b"\r\n{}\r\n0\r\n\r\n", id="more than there is"),
        pytest.param(CHUNKED, b"2\r\n{}garbage\r\n0\r\n\r\n", id="longer than said"),
        pytest.param(CHUNKED, b"2;" + b"x" * 1_000_000 + b"\r\n{}\r\n0\r\n\r\n", id="extension"),
        pytest.param(CHUNKED, b"0\r\n" + b"X: y\r\n" * 100_000 + b"\r\n", id="trailers"),
        pytest.param(CHUNKED + b"Content-Length: 2\r\n", b"2\r\n{}\r\n0\r\n\r\n", id="both"),
        pytest.param(b"Transfer-Encoding: xchunked\r\n", b"2\r\n{}\r\n0\r\n\r\n", id="unknown"),
        pytest.param(b"Transfer-Encoding : chunked\r\n", b"2\r\n{}\r\n0\r\n\r\n", id="blank"),
        pytest.param(b"Content-Length: 2\r\nContent-Length: 3\r\n", b"{}x", id="two lengths"),
        pytest.param(b"Content-Length: -2\r\n", b"{}", id="negative length"),
        pytest.param(b"Content-Length: +2\r\n", b"{}", id="plus"),
        pytest.param(b"Content-Length: 0x2\r\n", b"{}", id="hexadecimal"),
        pytest.param(b"Content-Length: 2\r\nX\x00Y: z\r\n", b"{}", id="NUL"),
        pytest.param(b"Content-Length: 2\r\nX: y\r\n z\r\n", b"{}", id="folded"),
        pytest.param(b"Content-Length: 2\r\nnonsense\r\n", b"{}", id="no colon"),
        pytest.param(b"X: y\r\n" * 100 + b"Content-Length: 2\r\n", b"{}", id="many headers"),
        pytest.param(b"X: " + b"y" * 20_000 + b"\r\nContent-Length: 2\r\n", b"{}", id="long"),
        pytest.param(b"Content-Length: 999999999999\r\n", b"{}", id="long body"),
    ],
)
async def test_nonsense_on_an_open_path_is_refused(
    make_listener: MakeListener, head: bytes, body: bytes
) -> None:
    listener = await make_listener(body_s=0.5, linger_s=0.1)
    kept = Kept()
    path = listener.open_path(kept)
    answer = await raw(listener, post(path, body, head=head))
    assert not set(statuses(answer)) & {b"200", b"500", b"503"}, answer
    assert b"Server:" not in answer
    assert not kept.bodies
    assert statuses(await raw(listener, post(path, b"{}", CLOSE))) == [b"200"]


async def test_no_answer_names_a_server(make_listener: MakeListener) -> None:
    listener = await make_listener(body_bytes=10)

    async def not_kandy(_body: bytes, _headers: object) -> None:
        raise NotForUs

    path = listener.open_path(Kept())
    answers = [
        await raw(listener, post(path, b"{}", CLOSE)),
        await raw(listener, post(path, b"x" * 11)),
        await raw(listener, post("/", b"{}")),
        await raw(listener, post(listener.open_path(not_kandy), b"{}")),
    ]
    assert [statuses(answer) for answer in answers] == [[b"200"], [b"413"], [b"404"], [b"404"]]
    assert not [answer for answer in answers if b"server" in answer.lower()]
    assert not [answer for answer in answers if not answer.endswith(b"\r\n\r\n")]


@pytest.mark.parametrize(
    "said",
    [
        b"X-Forwarded-For: 127.0.0.1",
        b"X-Forwarded-Host: trusted",
        b"X-Forwarded-Proto: https",
        b"Forwarded: for=127.0.0.1;proto=https",
        b"X-Real-IP: ::1",
    ],
)
async def test_what_a_proxy_says_changes_nothing(listener: WebhookListener, said: bytes) -> None:
    path = listener.open_path(Kept())
    assert statuses(await raw(listener, post(path, b"{}", CLOSE, said))) == [b"200"]
    assert await raw(listener, post("/x", b"", said)) == NOTHING_HERE
    other = [b"X-Original-URL: " + path.encode(), b"X-HTTP-Method-Override: POST"]
    assert await raw(listener, post("/x", b"", said, *other)) == NOTHING_HERE
    got = post(path, b"", said, *other).replace(b"POST /", b"PUT /", 1)
    assert await raw(listener, got) == NOTHING_HERE


async def test_a_bomb_is_not_unpacked(listener: WebhookListener) -> None:
    kept = Kept()
    path = listener.open_path(kept)
    bomb = gzip.compress(gzip.compress(b"\0" * 50_000_000))
    zipped = b"Content-Encoding: gzip"
    assert statuses(await raw(listener, post(path, gzip.compress(bomb * 20), zipped, CLOSE)))
    flat = gzip.compress(b"\0" * 50_000_000)
    assert statuses(await raw(listener, post(path, flat, zipped))) == [b"413"]
    assert all(len(body) <= 256 * 1024 for body in kept.bodies)


async def test_ipv6_where_there_is_one(listener: WebhookListener) -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this computer has no IPv6")
    path = listener.open_path(Kept())
    line = await asyncio.open_connection("::1", listener.port)
    assert statuses(await talk(line, post(path, b"{}", CLOSE))) == [b"200"]


async def test_a_caller_that_never_reads_its_answers(listener: WebhookListener) -> None:
    path = listener.open_path(Kept())
    deaf = await connect(listener)
    deaf[1].write(post(path) * 900)
    assert statuses(await raw(listener, post(path, b"{}", CLOSE))) == [b"200"]
    deaf[1].transport.abort()
