"""What people paste as the address of their Kandy, and what becomes of it."""

import pytest

from sms_desktop.net.base_url import checked_base_url, is_loopback_host, is_loopback_url
from sms_desktop.net.errors import BadBaseUrl


@pytest.mark.parametrize(
    ("raw", "checked"),
    [
        ("https://oauth-cpaas.att.com", "https://oauth-cpaas.att.com"),
        ("  https://oauth-cpaas.att.com/ \n", "https://oauth-cpaas.att.com"),
        ("oauth-cpaas.att.com", "https://oauth-cpaas.att.com"),
        ("oauth-cpaas.att.com:8443", "https://oauth-cpaas.att.com:8443"),
        ("HTTPS://OAuth-CPaaS.ATT.com:443", "https://oauth-cpaas.att.com"),
        ("https://kandy.example/cpaas/auth/v1/token", "https://kandy.example"),
        ("https://kandy.example/cpaas", "https://kandy.example"),
        ("https://proxy.example/kandy/", "https://proxy.example/kandy"),
        ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("https://[2001:db8::1]:8443/", "https://[2001:db8::1]:8443"),
        ("https://192.0.2.7", "https://192.0.2.7"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080"),
        ("http://localhost:80", "http://localhost"),
        ("http://[::1]:9000", "http://[::1]:9000"),
    ],
)
def test_what_is_meant_is_understood(raw: str, checked: str) -> None:
    assert checked_base_url(raw) == checked
    assert checked_base_url(checked) == checked


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("https://", "host name"),
        ("https:// kandy.example", "blank"),
        ("https://kandy.example\nHost: evil", "blank"),
        ("http://kandy.example", "https"),
        ("http://10.0.0.1", "https"),
        ("http://127.0.0.1.example.com", "https"),
        ("http://localhost.example.com", "https"),
        ("ftp://kandy.example", "https"),
        ("javascript://alert", "https"),
        ("https://me:secret@kandy.example", "user name"),
        ("https://kandy.example?x=1", "?"),
        ("https://kandy.example/#top", "#"),
        ("https://kandy.example:99999", "port"),
        ("https://kandy.example:0", "port"),
        ("https://kandy.example:port", "port"),
        ("https://[::1", "host"),
        ("https://300.1.2.3", "host"),
        ("https://-kandy.example", "host"),
        ("https://kandy..example", "host"),
        ("https://" + "a" * 64 + ".example", "host"),
        ("https://kandy_\u2028.example", "blank"),
    ],
)
def test_what_cannot_work_is_refused_with_a_reason(raw: str, reason: str) -> None:
    with pytest.raises(BadBaseUrl) as caught:
        checked_base_url(raw)
    assert reason in caught.value.text()
    assert "secret@" not in caught.value.text()


def test_which_hosts_are_this_computer() -> None:
    assert all(map(is_loopback_host, ("localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1")))
    assert not any(map(is_loopback_host, ("", "0.0.0.0", "10.0.0.1", "localhost.example", "::")))
    assert is_loopback_url("http://[::1]:9000")
    assert not is_loopback_url("https://kandy.example")
