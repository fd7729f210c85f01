"""What an error says about a text: whether it may be on its way, and what the person reads."""

import asyncio
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.net import errors
from sms_desktop.net.http import Timeouts
from sms_desktop.net.kandy import KandyClient
from tests.helpers.certificates import certificate_for
from tests.helpers.raw_kandy import RawKandy, http, sent

LOCAL, REMOTE = Address("+16130000002"), Address("+16130000001")
MakeClient = Callable[..., KandyClient]


def always(answer: Any) -> Callable[[Any], Awaitable[Any]]:
    async def reply(_asked: Any) -> Any:
        return answer

    return reply


def writes(*pieces: bytes, then_hang: bool = False) -> Callable[[asyncio.StreamWriter], Any]:
    async def write(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if then_hang:
            await asyncio.Event().wait()

    return write


async def failure_of(client: KandyClient) -> errors.NetError:
    with pytest.raises(errors.NetError) as caught:
        await client.send(LOCAL, REMOTE, "hello")
    assert caught.value.text()
    return caught.value


async def test_a_text_that_kandy_took(client: KandyClient, server: RawKandy) -> None:
    server.other = always(sent("SM7"))
    answer = await client.send(LOCAL, REMOTE, "hello")
    assert (answer.message_id, answer.sender) == ("SM7", LOCAL)
    assert server.sends()[0].path.endswith("/outbound/+16130000002/requests")


# Nothing has left


async def test_nothing_listens(make_client: MakeClient) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = make_client(f"http://127.0.0.1:{unused.getsockname()[1]}")
        error = await failure_of(client)
    assert isinstance(error, errors.ConnectionWasRefused)
    assert not error.may_have_left


async def test_the_host_does_not_exist(make_client: MakeClient) -> None:
    error = await failure_of(make_client("https://kandy.invalid"))
    assert isinstance(error, errors.NoSuchHost)
    assert not error.may_have_left


@asynccontextmanager
async def over_tls(folder: Path) -> AsyncIterator[tuple[RawKandy, Path]]:
    certificate, key = certificate_for("127.0.0.1", folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = RawKandy()
    await server.start(ssl=context)
    server.other = always(sent())
    try:
        yield server, certificate
    finally:
        await server.close()


async def test_a_certificate_that_nobody_signed(make_client: MakeClient, tmp_path: Path) -> None:
    async with over_tls(tmp_path) as (server, _):
        error = await failure_of(make_client(f"https://127.0.0.1:{server.port}"))
    assert isinstance(error, errors.CertificateRefused)
    assert not error.may_have_left
    assert not server.asked


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's store is no file")
async def test_a_certificate_that_the_system_trusts(
    make_client: MakeClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with over_tls(tmp_path) as (server, certificate):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        client = make_client(f"https://127.0.0.1:{server.port}")
        assert (await client.send(LOCAL, REMOTE, "hello")).message_id == "SM1"
        await client.aclose()


async def test_a_server_that_speaks_no_tls(make_client: MakeClient) -> None:
    async def talk(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(talk, "127.0.0.1", 0) as plain:
        port = plain.sockets[0].getsockname()[1]
        error = await failure_of(make_client(f"https://127.0.0.1:{port}"))
    assert isinstance(error, errors.TlsFailed)
    assert not error.may_have_left


async def test_a_handshake_that_never_ends(make_client: MakeClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        client = make_client(
            f"https://127.0.0.1:{silent.getsockname()[1]}", timeouts=Timeouts(connect_s=0.05)
        )
        error = await failure_of(client)
    assert isinstance(error, errors.ConnectTimedOut)
    assert not error.may_have_left


async def test_a_proxy_that_says_no(
    make_client: MakeClient, server: RawKandy, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.other = always(http(403))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    error = await failure_of(make_client("https://kandy.invalid"))
    assert isinstance(error, errors.ProxyFailed)
    assert not error.may_have_left
    assert [asked.method for asked in server.asked] == ["CONNECT"]


async def test_a_proxy_that_hangs_up_when_asked(
    make_client: MakeClient, server: RawKandy, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.other = always(None)
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
    error = await failure_of(make_client("https://kandy.invalid"))
    assert isinstance(error, errors.ProxyFailed)
    assert not error.may_have_left


async def test_a_proxy_that_is_not_there(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{unused.getsockname()[1]}")
        error = await failure_of(make_client("https://kandy.invalid"))
    assert isinstance(error, errors.ProxyFailed)
    assert not error.may_have_left


async def test_a_proxy_of_a_kind_that_we_cannot_speak_to(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "gopher://127.0.0.1:70")
    error = await failure_of(make_client("https://kandy.invalid"))
    assert isinstance(error, errors.ProxyFailed)


async def test_a_proxy_is_never_asked_about_this_computer(
    client: KandyClient, server: RawKandy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    server.other = always(sent())
    assert (await client.send(LOCAL, REMOTE, "hello")).message_id == "SM1"


async def test_every_connection_is_taken(make_client: MakeClient, server: RawKandy) -> None:
    ten_came = asyncio.Event()

    async def hold(_asked: Any) -> None:
        if len(server.sends()) == 10:
            ten_came.set()
        await asyncio.Event().wait()

    server.other = hold
    client = make_client(f"http://127.0.0.1:{server.port}", timeouts=Timeouts(pool_s=0.05))
    await client.sign_in()
    holding = [asyncio.create_task(client.send(LOCAL, REMOTE, "first")) for _ in range(10)]
    await ten_came.wait()
    error = await failure_of(client)
    for task in holding:
        task.cancel()
    await asyncio.gather(*holding, return_exceptions=True)
    assert isinstance(error, errors.TooBusy)
    assert not error.may_have_left


# Kandy said no


async def test_kandys_reason_is_for_the_person_and_not_for_the_log(
    client: KandyClient, server: RawKandy
) -> None:
    exception = {
        "messageId": "SVC0002",
        "text": "Invalid input value for message part %1",
        "variables": [REMOTE],
    }
    server.other = always(http(400, {"requestError": {"serviceException": exception}}))
    error = await failure_of(client)
    assert isinstance(error, errors.Refused)
    assert not error.may_have_left
    assert error.text() == f"Kandy refused: Invalid input value for message part {REMOTE}"
    assert (error.http_status, error.code) == (400, "SVC0002")
    assert REMOTE not in f"{error} {error!r}"


async def test_a_number_that_is_not_ours(client: KandyClient, server: RawKandy) -> None:
    server.other = always(http(403))
    error = await failure_of(client)
    assert isinstance(error, errors.NotAssigned)
    assert not error.may_have_left


@pytest.mark.parametrize(
    ("headers", "wait_s"),
    [
        ({"Retry-After": "7"}, 7.0),
        (
            {
                "Date": "Tue, 01 Apr 2025 10:00:00 GMT",
                "Retry-After": "Tue, 01 Apr 2025 10:01:30 GMT",
            },
            90.0,
        ),
        (
            {
                "Date": "Tue, 01 Apr 2025 10:00:00 GMT",
                "Retry-After": "Tue, 01 Apr 2025 09:00:00 GMT",
            },
            0.0,
        ),
        ({"Retry-After": "99999999999999"}, 86_400.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-1"}, None),
        ({}, None),
    ],
)
async def test_asked_to_slow_down(
    client: KandyClient, server: RawKandy, headers: dict[str, str], wait_s: float | None
) -> None:
    server.other = always(http(429, **headers))
    error = await failure_of(client)
    assert isinstance(error, errors.RateLimited)
    assert not error.may_have_left
    assert error.retry_after_s == wait_s


# It may have left

COMPLETE = sent()
MAY_HAVE_LEFT = {
    "cut at once": (None, errors.NoAnswer),
    "closed without a word": (writes(), errors.NoAnswer),
    "cut within the status line": (writes(COMPLETE[:9]), errors.NoAnswer),
    "cut within the headers": (writes(COMPLETE[:30]), errors.NoAnswer),
    "cut within the body": (writes(COMPLETE[:-5]), errors.NoAnswer),
    "not HTTP": (writes(b"220 mail.example.com ESMTP\r\n"), errors.NoAnswer),
    "no answer in time": (writes(then_hang=True), errors.AnsweredTooSlowly),
    "half an answer in time": (writes(COMPLETE[:-5], then_hang=True), errors.AnsweredTooSlowly),
    "server error": (http(500), errors.KandyBroken),
    "gateway error": (http(502, b"<html>Bad gateway</html>"), errors.KandyBroken),
    "unavailable": (http(503, Retry_After="3"), errors.KandyBroken),
    "gateway time-out": (http(504), errors.KandyBroken),
    "request time-out": (http(408), errors.KandyBroken),
    "redirect": (http(302, Location="https://login.example.com/"), errors.Unreadable),
    "a page": (http(200, b"<html>Welcome</html>"), errors.Unreadable),
    "empty": (http(201), errors.Unreadable),
    "another object": (http(201, {"ok": True}), errors.Unreadable),
    "broken compression": (
        http(201, b"\x1f\x8bnothing", Content_Encoding="gzip"),
        errors.Unreadable,
    ),
}


@pytest.mark.parametrize("case", MAY_HAVE_LEFT)
async def test_it_may_have_left(case: str, make_client: MakeClient, server: RawKandy) -> None:
    answer, kind = MAY_HAVE_LEFT[case]
    server.other = always(answer)
    client = make_client(
        f"http://127.0.0.1:{server.port}",
        timeouts=Timeouts(read_s=0.05 if "in time" in case else 30.0),
    )
    error = await failure_of(client)
    assert isinstance(error, kind)
    assert error.may_have_left
    assert len(server.sends()) == 1


async def test_an_answer_without_end_is_given_up(make_client: MakeClient, server: RawKandy) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
            await writer.drain()

    server.other = always(drip)
    error = await failure_of(make_client(f"http://127.0.0.1:{server.port}"))
    assert isinstance(error, errors.Unreadable)
    assert error.may_have_left


async def test_an_answer_that_only_drips_is_given_up(
    make_client: MakeClient, server: RawKandy
) -> None:
    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 201 X\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not writer.is_closing():
            writer.write(b"1\r\n \r\n")
            await writer.drain()
            await asyncio.sleep(0)

    server.other = always(drip)
    client = make_client(f"http://127.0.0.1:{server.port}", timeouts=Timeouts(whole_s=0.2))
    await client.sign_in()
    error = await failure_of(client)
    assert isinstance(error, errors.AnsweredTooSlowly)


async def test_a_kept_connection_that_breaks_under_the_next_text(
    client: KandyClient, server: RawKandy
) -> None:
    """The connection was good before; that proves nothing about this request."""
    server.other = always(sent())
    await client.send(LOCAL, REMOTE, "first")
    server.other = always(None)
    error = await failure_of(client)
    assert isinstance(error, errors.NoAnswer)
    assert error.may_have_left
    assert len(server.sends()) == 2


async def test_the_sentences_differ() -> None:
    kinds = [
        errors.NoSuchHost,
        errors.ConnectionWasRefused,
        errors.NoRoute,
        errors.ConnectTimedOut,
        errors.CertificateRefused,
        errors.TlsFailed,
        errors.ProxyFailed,
        errors.TooBusy,
        errors.NoAnswer,
        errors.AnsweredTooSlowly,
        errors.Unreadable,
    ]
    assert len({kind().text() for kind in kinds}) == len(kinds)
