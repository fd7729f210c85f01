"""The agents inside packages: what their answers mean. The services themselves need the internet."""

import asyncio

import pytest

from sms_desktop.net.tunnels import errors
from sms_desktop.net.tunnels.event_queue import EventQueue
from sms_desktop.net.tunnels.handlers.ngrok import _error_of
from sms_desktop.net.tunnels.handlers.pinggy import _Run
from sms_desktop.net.tunnels.handlers.ssh.localhost_run_output import announced_url
from sms_desktop.net.tunnels.models import Down

TOKEN = "2tokenTHATnobodyMAYsee_5fUe"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("ERR_NGROK_105", errors.SecretRefused),
        ("ERR_NGROK_107", errors.SecretRefused),
        ("ERR_NGROK_108", errors.LimitReached),
        ("ERR_NGROK_320", errors.DomainNotYours),
        ("ERR_NGROK_334", errors.DomainInUse),
        ("ERR_NGROK_9999", errors.SaidNo),
        ("no route to host", errors.ServiceUnreachable),
    ],
)
def test_ngroks_codes_become_sentences_without_its_words(
    code: str, kind: type[errors.TunnelFailed]
) -> None:
    said = ValueError("failed to connect session", f"Your authtoken: {TOKEN}", f"{code}")
    error = _error_of(said)
    assert type(error) is kind
    assert TOKEN not in error.text()
    assert "ngrok" in error.text()


async def test_pinggys_end_of_the_hour_is_the_end_of_the_line() -> None:
    told = EventQueue()
    run = _Run(asyncio.get_running_loop(), told)
    run.is_up(["http://abc.a.free.pinggy.link", "https://abc.a.free.pinggy.link"])
    assert await run.url == "https://abc.a.free.pinggy.link"
    run.is_gone()
    event = await anext(told.each())
    assert isinstance(event, Down)
    assert event.is_over


async def test_pinggy_without_an_https_address_is_no_tunnel() -> None:
    run = _Run(asyncio.get_running_loop(), EventQueue())
    run.is_up(["tcp://abc.a.pinggy.link:4711"])
    with pytest.raises(errors.SaidNo):
        await run.url


@pytest.mark.parametrize(
    ("line", "url"),
    [
        (
            "a1b2c3.lhr.life tunneled with tls termination, https://a1b2c3.lhr.life",
            "a1b2c3.lhr.life",
        ),
        ("me.example.com tunneled with tls termination, https://me.example.com", "me.example.com"),
        ("To set up custom domains see https://localhost.run/docs/custom-domains", ""),
        ("https://admin.localhost.run/ and https://twitter.com/localhost_run", ""),
    ],
)
def test_only_the_tunnels_own_address_is_taken_from_the_greeting(line: str, url: str) -> None:
    assert announced_url(line) == (f"https://{url}" if url else "")
