"""The tunnel over SSH, against a real server: keys, forwards, and a cable that is cut."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.dependencies import NewHostKey, TunnelDependencies
from sms_desktop.net.tunnels.handlers.ssh.host_keys import HostKeys
from sms_desktop.net.tunnels.handlers.ssh.spec import SshSpec
from sms_desktop.net.tunnels.handlers.ssh.tunnel import SshTunnel
from sms_desktop.net.tunnels.models import Down, TunnelEvent, Up
from sms_desktop.sync.ways.reopening_tunnel import ReopeningTunnel
from tests.helpers.cable import Cable, why_not
from tests.helpers.ports import free_port
from tests.helpers.sshd import SSHD, Sshd, make_key

pytestmark = pytest.mark.skipif(SSHD is None, reason="sshd is not installed")

URL = "https://sms.example.com/in"
_POST = (
    "import sys, urllib.request; "
    "print(urllib.request.urlopen(sys.argv[1], sys.argv[2].encode(), timeout=10).status)"
)


class Person:
    """Answers the question about a server's key, and remembers it."""

    def __init__(self, answer: bool = True) -> None:
        self.answer = answer
        self.asked: list[NewHostKey] = []

    async def __call__(self, new: NewHostKey, /) -> bool:
        self.asked.append(new)
        return self.answer


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Sshd]:
    made = Sshd(tmp_path, free_port())
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def person() -> Person:
    return Person()


def tunnel_to(server: Sshd, person: Person, **changed: Any) -> SshTunnel:
    known: dict[str, Any] = {
        "host": server.address,
        "user": server.user,
        "port": server.port,
        "remote_port": free_port(),
        "url": URL,
        "key": str(server.key),
    }
    means = TunnelDependencies(known_hosts=server.folder / "known_hosts", ask_host_key=person)
    return SshTunnel(SshSpec(**known | changed), means)


async def post_from(inside: tuple[str, ...], url: str, body: str) -> str:
    """What a program beside the server gets for a post."""
    asking = await asyncio.create_subprocess_exec(
        *inside, sys.executable, "-c", _POST, url, body, stdout=asyncio.subprocess.PIPE
    )
    answer, _ = await asking.communicate()
    return answer.decode().strip()


async def test_a_new_servers_key_is_shown_and_asked_about_once(
    server: Sshd, person: Person
) -> None:
    for _ in range(2):
        tunnel = tunnel_to(server, person)
        assert await tunnel.open(4711) == URL
        await tunnel.close()
    assert [one.fingerprint for one in person.asked] == [server.fingerprint()]
    assert person.asked[0].where == f"127.0.0.1:{server.port}"
    assert (server.folder / "known_hosts").stat().st_mode & 0o077 == 0


async def test_a_key_that_is_not_accepted_opens_nothing(server: Sshd) -> None:
    person = Person(answer=False)
    for _ in range(2):
        with pytest.raises(errors.HostKeyUnknown) as caught:
            await tunnel_to(server, person).open(4711)
        assert server.fingerprint() in caught.value.text()
    assert len(person.asked) == 2


@pytest.mark.parametrize("kind", ["ed25519", "ecdsa"])
async def test_another_key_than_before_is_refused_without_asking(
    server: Sshd, person: Person, kind: str
) -> None:
    await tunnel_to(server, person).open(4711)
    await server.stop()
    server.make_host_key(kind)
    await server.start()
    with pytest.raises(errors.HostKeyChanged) as caught:
        await tunnel_to(server, person).open(4711)
    assert caught.value.text().startswith("DANGER")
    assert caught.value.needs_person
    assert len(person.asked) == 1

    assert HostKeys(server.folder / "known_hosts").forget(f"127.0.0.1:{server.port}")
    tunnel = tunnel_to(server, person)
    assert await tunnel.open(4711) == URL
    assert len(person.asked) == 2
    await tunnel.close()


async def test_a_key_that_the_server_does_not_know_is_refused(
    server: Sshd, person: Person, tmp_path: Path
) -> None:
    make_key(tmp_path / "other")
    with pytest.raises(errors.LogInRefused) as caught:
        await tunnel_to(server, person, key=str(tmp_path / "other")).open(4711)
    assert caught.value.needs_person


@pytest.mark.parametrize("content", [None, "this is no key"])
async def test_a_file_that_is_no_key_is_named_as_such(
    server: Sshd, person: Person, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "broken"
    if content:
        file.write_text(content)
    with pytest.raises(errors.KeyUnusable):
        await tunnel_to(server, person, key=str(file)).open(4711)


async def test_a_port_that_is_taken_on_the_server_is_said(server: Sshd, person: Person) -> None:
    first = tunnel_to(server, person, remote_port=server.port)
    with pytest.raises(errors.ForwardRefused) as caught:
        await first.open(4711)
    assert str(server.port) in caught.value.text()


async def test_a_server_that_allows_no_forwards_is_said(server: Sshd, person: Person) -> None:
    await server.stop()
    server.forwarding = "no"
    await server.start()
    with pytest.raises(errors.ForwardRefused):
        await tunnel_to(server, person).open(4711)


async def test_nobody_at_the_port_is_said(server: Sshd, person: Person) -> None:
    with pytest.raises(errors.ServiceUnreachable):
        await tunnel_to(server, person, port=free_port()).open(4711)


async def test_the_port_that_the_server_chose_is_put_into_the_url(
    server: Sshd, person: Person
) -> None:
    tunnel = tunnel_to(server, person, remote_port=0, url="https://sms.example.com:{port}")
    port = int((await tunnel.open(4711)).rpartition(":")[2])
    assert port > 1023
    await tunnel.close()


async def test_the_end_of_the_server_is_told_at_once(server: Sshd, person: Person) -> None:
    tunnel = tunnel_to(server, person)
    await tunnel.open(4711)
    await server.stop()
    events = [event async for event in _until_over(tunnel)]
    assert [type(event) for event in events] == [Down]
    await tunnel.close()


async def test_an_address_that_the_server_announces_is_taken_over_each_time(
    server: Sshd, person: Person, tmp_path: Path
) -> None:
    """A real server whose greeting is a script: localhost.run itself needs the internet."""
    await server.stop()
    script = tmp_path / "greeting"
    script.write_text(
        "#!/bin/sh\n"
        "echo 'Welcome to localhost.run! Follow https://twitter.com/localhost_run'\n"
        "echo 'abc123.lhr.life tunneled with tls termination, https://abc123.lhr.life'\n"
        f"cat {tmp_path}/gate\n"
        "echo 'def456.lhr.life tunneled with tls termination, https://def456.lhr.life'\n"
        "exec cat\n"
    )
    script.chmod(0o755)
    gate = await asyncio.create_subprocess_exec("mkfifo", str(tmp_path / "gate"))
    await gate.wait()
    server.more = f"ForceCommand {script}"
    await server.start()
    tunnel = tunnel_to(server, person, announces=True)
    assert await tunnel.open(4711) == "https://abc123.lhr.life"
    await asyncio.to_thread((tmp_path / "gate").write_text, "\n")
    assert await anext(tunnel.events()) == Up("https://def456.lhr.life")
    await tunnel.close()


@pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
async def test_a_cut_line_is_noticed_and_mended_and_requests_arrive_again(
    tmp_path: Path, person: Person
) -> None:
    cable = Cable()
    cable.lay()
    server = Sshd(tmp_path, 2222, cable.there)
    server.inside = cable.inside
    arrived: list[bytes] = []

    async def take(body: bytes, _headers: Mapping[str, str]) -> None:
        arrived.append(body)

    listener = WebhookListener()
    inner = tunnel_to(server, person, remote_port=8080)
    tunnel = ReopeningTunnel(inner, sleep=asyncio.sleep, random=lambda: 0.5)
    try:
        async with asyncio.timeout(90):
            await server.start()
            port = await listener.start()
            url = f"http://127.0.0.1:8080{listener.open_path(take)}"
            assert await tunnel.open(port) == URL
            assert await post_from(cable.inside, url, "before") == "200"

            events = tunnel.events()
            cable.cut()
            down = await anext(events)
            assert isinstance(down, Down)
            assert "was lost" in down.reason

            cable.heal()
            assert await _next_up(events) == Up(URL)
            assert await post_from(cable.inside, url, "after") == "200"
    finally:
        await tunnel.close()
        await listener.close()
        await server.stop()
        cable.remove()
    assert arrived == [b"before", b"after"]
    assert len(person.asked) == 1


async def _next_up(events: AsyncIterator[TunnelEvent]) -> TunnelEvent:
    while not isinstance(event := await anext(events), Up):
        continue
    return event


async def _until_over(tunnel: SshTunnel) -> AsyncIterator[TunnelEvent]:
    async for event in tunnel.events():
        yield event
        if isinstance(event, Down) and event.is_over:
            return
