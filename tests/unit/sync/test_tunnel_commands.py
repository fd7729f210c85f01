"""A tunnel is tried out the way it will be used: opened, called from outside, closed."""

from pathlib import Path

import pytest

from sms_desktop.domain.tunnels import NewHostKey
from sms_desktop.net.errors import ConnectionWasRefused, ListenerFailed
from sms_desktop.net.listener import WebhookListener
from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.probe import NotCarried
from sms_desktop.vault.keys import tunnel_secret
from tests.helpers.desk import Desk
from tests.helpers.ports import free_port
from tests.helpers.sshd import SSHD, Sshd

HERE = "http://127.0.0.1:9"


async def never(_new: NewHostKey) -> bool:
    raise AssertionError("nothing to ask about")


async def test_what_goes_round_proves_the_tunnel(cold_desk: Desk) -> None:
    cold_desk.begin()
    url = await cold_desk.engine.tunnels.check("loopback", HERE, never)
    assert url.startswith("http://127.0.0.1:")


async def test_an_address_that_leads_elsewhere_is_told_from_one_that_leads_nowhere(
    cold_desk: Desk,
) -> None:
    cold_desk.begin()

    elsewhere = WebhookListener()
    url = f"own:http://127.0.0.1:{await elsewhere.start()}"
    with pytest.raises(NotCarried):
        await cold_desk.engine.tunnels.check(url, HERE, never)
    await elsewhere.close()
    with pytest.raises(ConnectionWasRefused):
        await cold_desk.engine.tunnels.check(url, HERE, never)


async def test_secrets_are_kept_in_the_vault_under_the_services_name(cold_desk: Desk) -> None:
    cold_desk.begin()
    tunnels = cold_desk.engine.tunnels
    assert not await tunnels.has_secret("ngrok")
    await tunnels.keep_secret("ngrok:me.ngrok-free.app", " token \n")
    assert await tunnels.has_secret("ngrok")
    assert cold_desk.vault.get(tunnel_secret("ngrok")) == "token"
    await tunnels.keep_secret("cloudflared", "not wanted")
    assert not await tunnels.has_secret("cloudflared")


async def test_what_a_tunnel_needs_can_be_read_before(
    cold_desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cold_desk.begin()
    monkeypatch.setenv("PATH", str(tmp_path))
    about = cold_desk.engine.tunnels.about("cloudflared", "https://kandy.example")
    assert "not installed" in about.missing
    assert "Install cloudflared" in about.steps[0]
    assert not cold_desk.engine.tunnels.about("pinggy", "https://kandy.example").missing


@pytest.mark.skipif(SSHD is None, reason="sshd is not installed")
async def test_the_person_is_asked_only_while_there(cold_desk: Desk, tmp_path: Path) -> None:
    cold_desk.begin()
    tunnels = cold_desk.engine.tunnels
    server = Sshd(tmp_path, free_port())
    await server.start()
    name = (
        f"ssh:{server.user}@127.0.0.1:{server.port}?remote_port={free_port()}"
        f"&url=https://sms.invalid&key={server.key}"
    )
    asked: list[NewHostKey] = []

    async def refuse(new: NewHostKey) -> bool:
        asked.append(new)
        return False

    with pytest.raises(errors.HostKeyUnknown):
        await tunnels.check(name, HERE, refuse)
    assert asked[0].fingerprint == server.fingerprint()
    assert not await tunnels.forget_host_key(name)
    await server.stop()


async def test_a_fixed_port_that_is_taken_is_said(tmp_path: Path) -> None:
    first = WebhookListener()
    port = await first.start()
    second = WebhookListener(fixed_port=lambda: port)
    with pytest.raises(ListenerFailed) as caught:
        await second.start()
    assert f"Port {port}" in caught.value.text()
    await first.close()
    assert await second.start() == port
    await second.close()
