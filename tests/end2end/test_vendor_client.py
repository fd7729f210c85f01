"""The vendor's own client against the simulator: whoever speaks Kandy is at home there."""

from collections.abc import Iterator

import pytest

from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.vendor_client import VendorClient
from tests.helpers.webhook import Webhook

__all__ = ["simulator"]

PERSON = "+16131234567"


@pytest.fixture
def project(simulator: SimulatorProcess) -> Iterator[VendorClient]:
    credentials = {
        "client_id": simulator.client_id,
        "client_secret": simulator.client_secret,
        "base_url": simulator.base_url,
    }
    with VendorClient(credentials) as client:
        yield client


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    listening = Webhook()
    yield listening
    listening.close()


def send(client: VendorClient, sender: str, text: str) -> dict[str, object]:
    answer: dict[str, object] = client.call(
        "conversation.create_message",
        type="sms",
        sender_address=sender,
        destination_address=PERSON,
        message=text,
    )
    return answer


def subscribe(client: VendorClient, webhook: Webhook, number: str) -> dict[str, str]:
    made: dict[str, str] = client.call(
        "conversation.subscribe", type="sms", webhook_url=webhook.url, destination_address=number
    )
    return made


def test_it_signs_in_both_ways(simulator: SimulatorProcess, project: VendorClient) -> None:
    credentials = {
        "client_id": simulator.client_id,
        "email": simulator.email,
        "password": simulator.password,
        "base_url": simulator.base_url,
    }
    with VendorClient(credentials) as user:
        assert project.user_id == user.user_id == simulator.user_id


def test_a_wrong_secret_gets_it_nowhere(simulator: SimulatorProcess) -> None:
    credentials = {
        "client_id": simulator.client_id,
        "client_secret": "not this one",
        "base_url": simulator.base_url,
    }
    with VendorClient(credentials) as stranger:
        assert stranger.user_id is None
    assert simulator.seen().answers == {"token 401": 1}


def test_it_sends_from_a_number_and_from_the_default_one(
    simulator: SimulatorProcess, project: VendorClient
) -> None:
    second = simulator.numbers[1]
    answer = send(project, second, "hi :)")
    assert (answer["message"], answer["sender_address"]) == ("hi :)", second)
    assert answer["delivery_info"] == [{"address": PERSON, "delivery_status": "DeliveredToNetwork"}]
    for default in ("default", simulator.user_id):
        assert send(project, default, "hi")["sender_address"] == simulator.default_number
    assert [text["sender"] for text in simulator.seen().accepted] == [
        second,
        simulator.default_number,
        simulator.default_number,
    ]
    assert [m["text"] for m in simulator.phone(PERSON, second)] == ["hi :)"]


def test_it_understands_a_refusal(simulator: SimulatorProcess, project: VendorClient) -> None:
    assert send(project, "+12025550199", "hi") == {
        "name": "policy_exception",
        "exception_id": "POL0001",
        "message": "A policy error occurred. +12025550199 is not assigned to the user",
    }
    assert simulator.seen().accepted == []


def test_it_reads_threads_and_messages_page_by_page(
    simulator: SimulatorProcess, project: VendorClient
) -> None:
    own = simulator.default_number
    for text in ("one", "two", "three"):
        simulator.write_as(PERSON, own, text)
    send(project, own, "four")
    threads = project.call("conversation.get_messages", type="sms")
    assert [(t["remote_address"], t["local_address"]) for t in threads] == [(PERSON, own)]
    details = threads[0]["thread_details"]
    assert (details["last_text"], details["length"], details["new"]) == ("four", 4, 3)
    with_person = project.call("conversation.get_messages", type="sms", remote_address=PERSON)
    assert with_person == threads
    ends = {"type": "sms", "remote_address": PERSON, "local_address": own}
    found = project.call("conversation.get_messages_in_thread", **ends)
    assert [(m["type"], m["message"]) for m in found] == [
        ("Outbound", "four"),
        ("Inbound", "three"),
        ("Inbound", "two"),
        ("Inbound", "one"),
    ]
    some = project.call("conversation.get_messages_in_thread", **ends, query={"max": 2})
    assert some == found[:2]
    again = project.call("conversation.get_messages", type="sms")
    assert again[0]["thread_details"]["new"] == 0


def test_it_asks_for_a_status(simulator: SimulatorProcess, project: VendorClient) -> None:
    send(project, "default", "hi")
    message_id = simulator.seen().accepted[0]["message_id"]
    ends = {"type": "sms", "remote_address": PERSON, "local_address": simulator.default_number}
    asked = {**ends, "message_id": message_id}
    assert project.call("conversation.get_status", **asked) == "DeliveredToNetwork"
    simulator.report(message_id, "DeliveredToTerminal")
    assert project.call("conversation.get_status", **asked) == "DeliveredToTerminal"


def test_it_deletes_a_message_and_a_thread(
    simulator: SimulatorProcess, project: VendorClient
) -> None:
    own = simulator.default_number
    for text in ("one", "two", "three"):
        simulator.write_as(PERSON, own, text)
    ends = {"type": "sms", "remote_address": PERSON, "local_address": own}
    newest = project.call("conversation.get_messages_in_thread", **ends)[0]["message_id"]
    # The client looks for a value in the empty body of a 204, and falls over; it is deleted by then.
    raised = project.raised_by("conversation.delete_message", **ends, message_id=newest)
    assert raised == "IndexError"
    left = project.call("conversation.get_messages_in_thread", **ends)
    assert [m["message"] for m in left] == ["two", "one"]
    assert project.raised_by("conversation.delete_message", **ends) == "IndexError"
    assert project.call("conversation.get_messages", type="sms") == []
    # Nothing is left to delete, and that is said in Kandy's words.
    refused = project.call("conversation.delete_message", **ends)
    assert refused["name"] == "service_exception"
    assert simulator.seen().answers["delete-thread 404"] == 1


def test_it_subscribes_lists_and_unsubscribes(
    simulator: SimulatorProcess, project: VendorClient, webhook: Webhook
) -> None:
    second = simulator.numbers[1]
    made = subscribe(project, webhook, second)
    assert (made["webhook_url"], made["destination_address"]) == (webhook.url, second)
    listed = project.call("conversation.get_subscriptions", type="sms")
    assert [(s["subscription_id"], s["destination_address"]) for s in listed] == [
        (made["subscription_id"], second)
    ]
    assert listed[0]["channel_id"].startswith("wh-")
    ended = project.call(
        "conversation.unsubscribe", type="sms", subscription_id=made["subscription_id"]
    )
    assert ended["success"] is True
    assert project.call("conversation.get_subscriptions", type="sms") is None
    assert simulator.subscriptions() == []


def test_its_parser_reads_what_the_webhook_received(
    simulator: SimulatorProcess, project: VendorClient, webhook: Webhook
) -> None:
    own = simulator.default_number
    made = subscribe(project, webhook, own)

    written = simulator.write_as(PERSON, own, "hello there")
    inbound = project.parse(webhook.next())
    assert inbound["type"] == "inbound"
    stated = inbound["inbound_sms_message"]
    assert (stated["message"], stated["message_id"]) == ("hello there", written)
    assert (stated["sender_address"], stated["destination_address"]) == (PERSON, own)
    assert inbound["notification_id"]
    assert inbound["notification_date_time"] >= stated["date_time"]

    send(project, own, "and back")
    outbound = project.parse(webhook.next())
    assert outbound["type"] == "outbound"
    stated = outbound["outbound_sms_message"]
    sent = simulator.seen().accepted[0]["message_id"]
    assert (stated["message"], stated["message_id"]) == ("and back", sent)
    assert (stated["sender_address"], stated["destination_address"]) == (own, PERSON)

    project.raised_by(
        "conversation.delete_message",
        type="sms",
        remote_address=PERSON,
        local_address=own,
        message_id=sent,
    )
    deleted = project.parse(webhook.next())
    assert (deleted["type"], deleted["message_id"]) == ("event", sent)
    assert deleted["event_details"]["type"] == "MessageDeleted"

    simulator.cancel_subscription(own)
    cancelled = project.parse(webhook.next())
    assert cancelled["type"] == "subscriptionCancel"
    assert cancelled["subscription_id"] == made["subscription_id"]
    assert webhook.is_empty()
    assert simulator.until(lambda seen: len(seen.notifications) == 4).webhooks == {"200": 4}
