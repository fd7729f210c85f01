"""The vendor's browser client against the simulator: its websocket, its sending, its deleting."""

from collections.abc import Iterator

import pytest

from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.vendor_browser_client import VendorBrowserClient

__all__ = ["simulator"]

PERSON = "+16135550123"


@pytest.fixture(params=["client", "server"])
def browser(
    simulator: SimulatorProcess, request: pytest.FixtureRequest
) -> Iterator[VendorBrowserClient]:
    credentials = {
        "base_url": simulator.base_url,
        "client_id": simulator.client_id,
        "client_secret": simulator.client_secret,
        "number": simulator.default_number,
        "role": request.param,
        "ping_ms": 200,
    }
    with VendorBrowserClient(**credentials) as client:
        yield client


def test_it_receives_through_a_websocket_whoever_checks_the_connection(
    simulator: SimulatorProcess, browser: VendorBrowserClient
) -> None:
    browser.ask("subscribe")
    assert [one["number"] for one in simulator.subscriptions()] == [simulator.default_number]
    message_id = simulator.write_as(PERSON, simulator.default_number, "hello there")
    assert browser.wait_for("conversations:change")["messageId"] == message_id
    (message,) = browser.ask("messages", to=PERSON)
    assert (message["sender"], message["parts"][0]["text"]) == (PERSON, "hello there")


def test_it_sends_and_deletes(simulator: SimulatorProcess, browser: VendorBrowserClient) -> None:
    browser.ask("send", to=PERSON, text="hi :)")
    message_id = browser.wait_for("messages:change")["messageId"]
    assert [text["message_id"] for text in simulator.seen().accepted] == [message_id]
    browser.ask("remove_message", to=PERSON, message_id=message_id)
    simulator.until(lambda seen: seen.answers.get("delete-message 204") == 1)
    browser.ask("remove_conversation", to=PERSON)
    simulator.until(lambda seen: seen.answers.get("delete-thread 404") == 1)
    browser.wait_for("conversations:change")


def test_when_it_unsubscribes_its_channel_goes_too(
    simulator: SimulatorProcess, browser: VendorBrowserClient
) -> None:
    browser.ask("subscribe")
    browser.ask("unsubscribe")
    seen = simulator.until(lambda seen: seen.answers.get("delete-channel 204") == 1)
    assert seen.answers["unsubscribe 204"] == 1
    assert simulator.subscriptions() == []
