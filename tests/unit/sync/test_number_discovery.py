"""Finding own numbers, and trying them, with the real client against a real Kandy server."""

from collections.abc import AsyncIterator

import pytest

from sms_desktop.compose import now_ms
from sms_desktop.domain.address import Address
from sms_desktop.domain.setting_up import Source
from sms_desktop.net.credentials import ProjectCredentials
from sms_desktop.net.errors import WrongProjectSecret
from sms_desktop.net.kandy import KandyClient
from sms_desktop.sync.accounts.number_discovery import cannot_receive, find
from sms_desktop.sync.accounts.typed_number import NoOwnNumber, typed_number
from tests.helpers.simulator import SimulatorProcess, simulator

__all__ = ["simulator"]

MARIA = "+16131234567"


def client_of(simulator: SimulatorProcess, secret: str = "") -> KandyClient:
    return KandyClient(
        simulator.base_url,
        ProjectCredentials(simulator.client_id, secret or simulator.client_secret),
        agent="test/1",
        correlator="test",
        now_ms=now_ms,
    )


@pytest.fixture
async def client(simulator: SimulatorProcess) -> AsyncIterator[KandyClient]:
    made = client_of(simulator)
    yield made
    await made.aclose()


async def test_every_source_is_looked_into(
    client: KandyClient, simulator: SimulatorProcess
) -> None:
    assigned, subscribed, old = (Address(number) for number in simulator.numbers)
    await client.sign_in()
    channel = await client.create_websocket(600)
    await client.subscribe(subscribed, channel.channel_id)
    simulator.write_as(MARIA, old, "an old text")
    simulator.unassign(old)
    found = await find(client)
    assert found.trouble == ""
    assert [(one.number, one.sources) for one in found.numbers] == [
        (assigned, {Source.ASSIGNED}),
        (subscribed, {Source.ASSIGNED, Source.SUBSCRIBED}),
        (old, {Source.HISTORY}),
    ]


@pytest.mark.parametrize("route", ["subscriptions", "threads"])
async def test_what_is_not_answered_costs_only_itself(
    client: KandyClient, simulator: SimulatorProcess, route: str
) -> None:
    simulator.fault("status", route, status=500)
    found = await find(client)
    assert [one.number for one in found.numbers] == simulator.numbers
    assert found.trouble.startswith("Kandy's server has trouble of its own.")


async def test_without_a_sign_in_nothing_is_found(simulator: SimulatorProcess) -> None:
    client = client_of(simulator, "wrong")
    with pytest.raises(WrongProjectSecret):
        await find(client)
    await client.aclose()


async def test_numbers_are_tried_and_nothing_is_left_behind(
    client: KandyClient, simulator: SimulatorProcess
) -> None:
    strange = Address("+16135550144")
    said = await cannot_receive(client, [Address(simulator.numbers[0]), strange])
    assert list(said) == [strange]
    assert "not assigned to your project or account" in said[strange]
    assert simulator.subscriptions() == []
    assert await client.channels() == ()
    # Not left to the end of the channel: nobody says that a subscription ends with it.
    assert simulator.seen().requests["unsubscribe"] == 1


@pytest.mark.parametrize("route", ["create-channel", "subscribe"])
async def test_where_nothing_can_be_tried_nothing_is_said(
    client: KandyClient, simulator: SimulatorProcess, route: str
) -> None:
    simulator.fault("status", route, status=500)
    assert await cannot_receive(client, [Address("+16135550144")]) == {}
    assert await client.channels() == ()


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+1 613 555 0144", "+16135550144"),
        ("(613) 555-0144", "+16135550144"),
        ("tel:+16135550144", "+16135550144"),
        ("sip:+16135550144@kandy.example", "+16135550144"),
        ("+44 7911 123456", "+447911123456"),
        (" 73737 ", "73737"),
    ],
)
def test_numbers_in_every_form(typed: str, number: str) -> None:
    assert typed_number(typed) == number
    with pytest.raises(NoOwnNumber, match="in the list already"):
        typed_number(typed, {Address(number)})
