"""What every tunnel promises, and which tunnel a name and a base URL lead to."""

from abc import ABC, abstractmethod
from urllib.parse import urlsplit

import pytest

from sms_desktop.net.errors import TunnelNotAllowed, UnknownTunnel
from sms_desktop.net.tunnels.choose import choose
from sms_desktop.net.tunnels.handlers.loopback import LoopbackTunnel
from sms_desktop.net.tunnels.handlers.own import OwnTunnel
from sms_desktop.net.tunnels.models import Tunnel

KANDY = "https://kandy.example"
HERE = "http://127.0.0.1:8080"


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

    def test_it_says_whether_it_can_be_used_and_what_is_missing(self) -> None:
        tunnel = self.make()
        assert tunnel.is_available() or tunnel.instructions

    async def test_it_opens_to_a_url_that_a_path_can_follow(self) -> None:
        tunnel = self.make()
        try:
            url = urlsplit(await tunnel.open(4711))
        finally:
            await tunnel.close()
        assert url.scheme in ("https", "http")
        assert url.hostname
        assert not url.path.endswith("/")
        assert not url.query

    async def test_it_opens_again_after_closing(self) -> None:
        tunnel = self.make()
        for port in (4711, 4712):
            assert await tunnel.open(port)
            await tunnel.close()

    async def test_closing_what_is_not_open_does_nothing(self) -> None:
        tunnel = self.make()
        await tunnel.close()
        await tunnel.close()


class TestLoopback(TunnelContract):
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


class TestOwn(TunnelContract):
    def make(self) -> Tunnel:
        return OwnTunnel("https://sms.example.com/x")

    async def test_it_is_the_persons_url(self) -> None:
        tunnel = choose("own: https://sms.example.com/x/ ", KANDY)
        assert await tunnel.open(4711) == "https://sms.example.com/x"
        assert "https://sms.example.com/x" in tunnel.instructions

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


@pytest.mark.parametrize("name", ["", "carrier-pigeon", "Loopback", "own"])
def test_an_unknown_name_says_which_are_known(name: str) -> None:
    with pytest.raises(UnknownTunnel) as caught:
        choose(name, HERE)
    assert "loopback" in caught.value.text()
