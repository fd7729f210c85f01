"""What every tunnel promises, and which tunnel a name and a base URL lead to."""

import logging
import socket
import stat
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sms_desktop.net.errors import TunnelFailed, TunnelNotAllowed, UnknownTunnel
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.choose import PREFERENCE, choose, secret_name
from sms_desktop.net.tunnels.dependencies import NewHostKey, TunnelDependencies
from sms_desktop.net.tunnels.handlers.cloudflared import CloudflaredTunnel
from sms_desktop.net.tunnels.handlers.loopback import LoopbackTunnel
from sms_desktop.net.tunnels.handlers.ngrok import NgrokTunnel
from sms_desktop.net.tunnels.handlers.own import OwnTunnel
from sms_desktop.net.tunnels.handlers.pinggy import PinggyTunnel
from sms_desktop.net.tunnels.handlers.ssh.spec import LOCALHOST_RUN, SshSpec
from sms_desktop.net.tunnels.handlers.ssh.tunnel import SshTunnel
from sms_desktop.net.tunnels.handlers.tailscale import TailscaleTunnel
from sms_desktop.net.tunnels.models import Tunnel
from tests.helpers.ports import free_port
from tests.helpers.sshd import SSHD, Sshd

KANDY = "https://kandy.example"
HERE = "http://127.0.0.1:8080"
TOKEN = "2tokenTHATnobodyMAYsee_5fUe"


async def token(_name: str) -> str:
    return TOKEN


async def yes(_new: NewHostKey) -> bool:
    return True


class TunnelContract(ABC):
    """Inherit, and give a closed tunnel and a base URL that it is allowed for."""

    base_url = KANDY

    @abstractmethod
    def make(self) -> Tunnel: ...

    def test_its_name_leads_to_it(self) -> None:
        made = self.make()
        found = choose(made.name, self.base_url)
        assert type(found) is type(made)
        assert found.name == made.name
        assert made.name.partition(":")[0] in PREFERENCE

    def test_it_says_whether_it_can_be_used_and_what_to_do(self) -> None:
        tunnel = self.make()
        found = tunnel.is_available()
        assert bool(found) is not bool(found.reason)
        assert found or tunnel.steps
        assert all(step.endswith((".", ".)")) for step in tunnel.steps)

    async def test_closing_what_is_not_open_does_nothing(self) -> None:
        tunnel = self.make()
        await tunnel.close()
        await tunnel.close()

    async def test_what_is_not_open_tells_nothing(self) -> None:
        assert [event async for event in self.make().events()] == []


class OpenContract(TunnelContract):
    """For those that can be opened on a computer without internet."""

    async def test_it_opens_to_a_url_that_a_path_can_follow(self) -> None:
        tunnel = self.make()
        try:
            url = urlsplit(await tunnel.open(4711))
        finally:
            await tunnel.close()
        assert url.scheme == ("http" if self.base_url == HERE else "https")
        assert url.hostname
        assert not url.path.endswith("/")
        assert not url.query

    async def test_it_opens_again_after_closing(self) -> None:
        tunnel = self.make()
        for port in (4711, 4712):
            assert await tunnel.open(port)
            await tunnel.close()

    async def test_opening_what_is_open_opens_it_anew(self) -> None:
        tunnel = self.make()
        await tunnel.open(4711)
        events = tunnel.events()
        assert await tunnel.open(4712)
        assert [event async for event in events] == []
        await tunnel.close()

    async def test_its_events_end_when_it_is_closed(self) -> None:
        tunnel = self.make()
        await tunnel.open(4711)
        events = tunnel.events()
        await tunnel.close()
        assert [event async for event in events] == []


class FailContract(TunnelContract):
    """For what cannot be opened here: no network, no token, no program."""

    why: type[TunnelFailed]

    async def test_it_says_why_it_does_not_open_and_stays_closed(
        self, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
    ) -> None:
        caplog.set_level(logging.DEBUG)
        tunnel = self.make()
        for _ in range(2):
            with pytest.raises(self.why) as caught:
                await tunnel.open(4711)
            assert caught.value.text().endswith(".")
            assert [event async for event in tunnel.events()] == []
        await tunnel.close()
        said = caught.value.text() + caplog.text + "".join(capfd.readouterr())
        assert TOKEN not in said
        assert not [one for one in caplog.records if not one.name.startswith(("asyncio", "sms_"))]


class TestLoopback(OpenContract):
    base_url = HERE

    def make(self) -> Tunnel:
        return LoopbackTunnel()

    async def test_it_is_the_port_itself(self) -> None:
        assert await self.make().open(4711) == "http://127.0.0.1:4711"

    @pytest.mark.parametrize("base_url", [KANDY, "https://127.0.0.1.example.com"])
    def test_it_is_refused_when_kandy_is_elsewhere(self, base_url: str) -> None:
        with pytest.raises(TunnelNotAllowed) as caught:
            choose("loopback", base_url)
        assert "public address" in caught.value.text()


class TestOwn(OpenContract):
    def make(self) -> Tunnel:
        return OwnTunnel("https://sms.example.com/x")

    async def test_it_is_the_persons_url(self) -> None:
        tunnel = choose("own: https://sms.example.com/x/ ", KANDY)
        assert await tunnel.open(4711) == "https://sms.example.com/x"
        assert "https://sms.example.com/x" in " ".join(tunnel.steps)

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "http://sms.example.com",
            "https://me:secret@sms.example.com",
            "https://127.0.0.1",
            "http://localhost:80",
        ],
    )
    def test_only_a_public_https_url_will_do(self, url: str) -> None:
        with pytest.raises(TunnelNotAllowed) as caught:
            choose(f"own:{url}", KANDY)
        assert "public https" in caught.value.text()

    async def test_a_proxy_on_this_computer_will_do_for_a_kandy_on_this_computer(self) -> None:
        assert await choose("own:http://localhost:8081", HERE).open(4711) == "http://localhost:8081"


@pytest.mark.skipif(SSHD is None, reason="sshd is not installed")
class TestSsh(OpenContract):
    """Against a real server on this computer."""

    @pytest.fixture(autouse=True)
    async def _server(self, tmp_path: Path) -> AsyncIterator[None]:
        self.server = Sshd(tmp_path, free_port())
        self.means = TunnelDependencies(known_hosts=tmp_path / "known_hosts", ask_host_key=yes)
        await self.server.start()
        yield
        await self.server.stop()

    def make(self) -> Tunnel:
        server = self.server
        url = "https://sms.example.com/in"
        spec = SshSpec(server.address, server.user, server.port, 0, url, str(server.key))
        return SshTunnel(spec, self.means)


@pytest.fixture
def _offline() -> None:
    try:
        socket.getaddrinfo("connect.ngrok-agent.com", 443)
    except OSError:
        return
    pytest.skip("this computer is online")


@pytest.mark.usefixtures("_offline")
class TestLocalhostRunOffline(FailContract):
    why = errors.ServiceUnreachable

    def make(self) -> Tunnel:
        return SshTunnel(LOCALHOST_RUN, TunnelDependencies())


@pytest.mark.usefixtures("_offline")
class TestNgrokOffline(FailContract):
    why = errors.ServiceUnreachable

    def make(self) -> Tunnel:
        return NgrokTunnel("my-name.ngrok-free.app", token)


class TestNgrokWithoutToken(FailContract):
    why = errors.SecretMissing

    def make(self) -> Tunnel:
        return NgrokTunnel("", TunnelDependencies().read_secret)


@pytest.mark.usefixtures("_offline")
class TestPinggyOffline(FailContract):
    why = errors.ServiceUnreachable

    def make(self) -> Tunnel:
        return PinggyTunnel(token)


@pytest.fixture
def _no_programs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.usefixtures("_no_programs")
class TestCloudflaredNotInstalled(FailContract):
    why = errors.NotInstalled

    def make(self) -> Tunnel:
        return CloudflaredTunnel()


@pytest.mark.usefixtures("_no_programs")
class TestTailscaleNotInstalled(FailContract):
    why = errors.NotInstalled

    def make(self) -> Tunnel:
        return TailscaleTunnel()


class StandInContract(OpenContract):
    """Not the real program, which needs the internet: a script that says what the real one says.

    It shows that processes are handled; it cannot show that the real program still says so.
    """

    program: str
    says: str

    @pytest.fixture(autouse=True)
    def _stand_in(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        script = tmp_path / self.program
        script.write_text(f"#!/bin/sh\ncat <<'END'\n{self.says}\nEND\nexec sleep 600\n")
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")


class TestCloudflaredStandIn(StandInContract):
    program = "cloudflared"
    says = (
        "INF Requesting new quick Tunnel on trycloudflare.com...\n"
        "INF |  https://four-random-words-here.trycloudflare.com  |\n"
        "INF Registered tunnel connection connIndex=0 ip=198.41.192.7 location=ams01 protocol=quic"
    )

    def make(self) -> Tunnel:
        return CloudflaredTunnel()


class TestTailscaleStandIn(StandInContract):
    program = "tailscale"
    says = (
        "Available on the internet:\n\nhttps://my-laptop.tail1234.ts.net/\n"
        "|-- proxy http://127.0.0.1:4711\n\nPress Ctrl+C to exit."
    )

    def make(self) -> Tunnel:
        return TailscaleTunnel()


@pytest.mark.parametrize(
    "name", ["", "carrier-pigeon", "Loopback", "own", "pinggy:x", "cloudflared:", "websocket:x"]
)
def test_an_unknown_name_says_which_are_known(name: str) -> None:
    with pytest.raises(UnknownTunnel) as caught:
        choose(name, HERE)
    assert all(known in caught.value.text() for known in ("websocket", *PREFERENCE))


@pytest.mark.parametrize("domain", ["no dots", "x", "bad_.ngrok.app", "a.b/c", "-a.ngrok.app"])
def test_a_domain_that_cannot_be_is_refused(domain: str) -> None:
    with pytest.raises(TunnelNotAllowed):
        choose(f"ngrok:{domain}", KANDY)


def test_a_domain_may_be_pasted_as_a_url() -> None:
    assert choose("ngrok: https://Me.ngrok-free.app/", KANDY).name == "ngrok:me.ngrok-free.app"


@pytest.mark.parametrize(
    ("tunnel", "secret"),
    [
        ("ngrok:me.ngrok-free.app", "ngrok"),
        ("pinggy", "pinggy"),
        ("ssh:me@vps.example.com?url=https://sms.example.com", "me@vps.example.com:22"),
        ("own:https://sms.example.com", ""),
        ("localhost.run", ""),
    ],
)
def test_secrets_belong_to_the_service_and_not_to_one_way_of_using_it(
    tunnel: str, secret: str
) -> None:
    assert secret_name(tunnel) == secret
