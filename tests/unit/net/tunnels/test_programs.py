"""Tunnels by a program of their own: what its lines mean, its death, and ours.

Every program here is a script that stands in for the real one, which needs the internet. What the
real ones print is taken from their documentation.
"""

import asyncio
import os
import select
import signal
import sys
from pathlib import Path

import pytest

from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.handlers.cloudflared import CloudflaredTunnel
from sms_desktop.net.tunnels.handlers.tailscale import TailscaleTunnel
from sms_desktop.net.tunnels.models import Down, Up

CLOUDFLARED_UP = """
echo 'INF |  https://four-random-words-here.trycloudflare.com  |'
echo 'INF Registered tunnel connection connIndex=0 protocol=quic'
"""
URL = "https://four-random-words-here.trycloudflare.com"


class StandIn:
    """A script under the program's name, first in the path; ``go_on`` lets it pass ``wait``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.gate = folder / "gate"
        os.mkfifo(self.gate)

    def write(self, program: str, script: str) -> None:
        file = self._folder / program
        wait = f"wait_here() {{ cat '{self.gate}' > /dev/null; }}\n"
        file.write_text(f"#!/bin/sh\n{wait}echo $$ > '{self._folder}/pid'\n{script}\n")
        file.chmod(0o755)

    async def go_on(self) -> None:
        await asyncio.to_thread(self.gate.write_text, "\n")

    @property
    def pid(self) -> int:
        return int((self._folder / "pid").read_text())

    def is_running(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return StandIn(tmp_path)


async def test_the_address_counts_only_once_a_connection_is_registered(stand_in: StandIn) -> None:
    url_only = CLOUDFLARED_UP.splitlines()[1]
    stand_in.write("cloudflared", f"{url_only}\nexit 1")
    with pytest.raises(errors.AgentEnded) as caught:
        await CloudflaredTunnel().open(4711)
    assert "exit code 1" in caught.value.text()


async def test_cloudflared_losing_its_last_connection_is_down_until_it_has_one_again(
    stand_in: StandIn,
) -> None:
    stand_in.write(
        "cloudflared",
        CLOUDFLARED_UP
        + """
echo 'INF Registered tunnel connection connIndex=1 protocol=quic'
echo 'WRN Lost connection with the edge connIndex=0'
wait_here
echo 'WRN Lost connection with the edge connIndex=1'
echo 'INF Retrying connection in up to 2s connIndex=1'
echo 'INF Registered tunnel connection connIndex=1 protocol=quic'
exec sleep 600
""",
    )
    tunnel = CloudflaredTunnel()
    assert await tunnel.open(4711) == URL
    await stand_in.go_on()
    events = tunnel.events()
    down = await anext(events)
    assert isinstance(down, Down)
    assert not down.is_over
    assert await anext(events) == Up(URL)
    await tunnel.close()
    assert not stand_in.is_running()


@pytest.mark.parametrize(
    ("says", "why"),
    [
        ("failed to request quick Tunnel: dial tcp: lookup: no such host", "ServiceUnreachable"),
        ("failed to unmarshal quick Tunnel: 429 Too Many Requests", "LimitReached"),
    ],
)
async def test_the_reason_in_the_log_becomes_the_error(
    stand_in: StandIn, says: str, why: str
) -> None:
    stand_in.write("cloudflared", f"echo '{says}'\nexit 1")
    with pytest.raises(getattr(errors, why)):
        await CloudflaredTunnel().open(4711)


async def test_the_programs_death_is_told(stand_in: StandIn) -> None:
    stand_in.write("cloudflared", CLOUDFLARED_UP + "exec sleep 600")
    tunnel = CloudflaredTunnel()
    await tunnel.open(4711)
    os.kill(stand_in.pid, signal.SIGKILL)
    down = await anext(tunnel.events())
    assert isinstance(down, Down)
    assert down.is_over
    assert isinstance(down.error, errors.AgentEnded)
    await tunnel.close()


async def test_a_program_that_does_not_want_to_end_is_ended(stand_in: StandIn) -> None:
    stand_in.write("cloudflared", "trap '' TERM\n" + CLOUDFLARED_UP + "while :; do sleep 1; done")
    tunnel = CloudflaredTunnel()
    await tunnel.open(4711)
    await tunnel.close()
    assert not stand_in.is_running()


async def test_breaking_off_while_it_opens_leaves_nothing_running(stand_in: StandIn) -> None:
    stand_in.write("cloudflared", "wait_here\nexec sleep 600")
    opening = asyncio.create_task(CloudflaredTunnel().open(4711))
    await stand_in.go_on()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert not stand_in.is_running()


@pytest.mark.parametrize(
    ("says", "what"),
    [
        ("Logged out.", "tailscale up"),
        ("failed to connect to local tailscaled; is it running?", "Start Tailscale"),
        ("Funnel is not enabled on your tailnet.\nTo enable, visit:\n\nhttps://x.ts.net/f", "once"),
        ("Access denied: serve config denied", "operator"),
    ],
)
async def test_what_tailscale_wants_first_is_said_in_words(
    stand_in: StandIn, says: str, what: str
) -> None:
    stand_in.write("tailscale", f"cat <<'END'\n{says}\nEND\nexec sleep 600")
    with pytest.raises(errors.NotSetUp) as caught:
        await TailscaleTunnel().open(4711)
    assert what in caught.value.text()
    assert caught.value.needs_person
    assert not stand_in.is_running()


_HOST = """
import asyncio, sys
from sms_desktop.net.tunnels.handlers.cloudflared import CloudflaredTunnel

async def main():
    tunnel = CloudflaredTunnel()
    print(await tunnel.open(4711), flush=True)
    await asyncio.Event().wait()

if sys.argv[1] == "qt":
    import qasync
    from PySide6.QtCore import QCoreApplication
    app = QCoreApplication([])
    with qasync.QEventLoop(app) as loop:
        loop.run_until_complete(main())
else:
    asyncio.run(main())
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux's kernel does that")
@pytest.mark.parametrize("loop", ["plain", "qt"])
async def test_it_dies_with_us_even_by_kill_9(stand_in: StandIn, loop: str) -> None:
    stand_in.write("cloudflared", CLOUDFLARED_UP + f"exec 9< '{stand_in.gate}'\nexec sleep 600")
    host = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HOST, loop, stdout=asyncio.subprocess.PIPE
    )
    assert host.stdout is not None
    assert (await host.stdout.readline()).decode().strip() == URL
    # The program holds the reading end, which the kernel closes at its death.
    writing = await asyncio.to_thread(os.open, stand_in.gate, os.O_WRONLY)
    death = select.poll()
    death.register(writing, select.POLLERR)
    assert death.poll(0) == []
    host.kill()
    await host.wait()
    found = await asyncio.to_thread(death.poll, 30_000)
    os.close(writing)
    assert found
