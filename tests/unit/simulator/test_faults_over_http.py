"""Whatever can go wrong between a client and Kandy can be ordered, and happens as ordered."""

import asyncio
import random
from typing import Any

import httpx
import pytest

from sms_desktop.simulator.surroundings import Surroundings
from tests.helpers.kandy_session import OWN, PERSON, KandySession, Sleeps, kandy_session
from tests.helpers.webhook import Webhook


async def subscribed(kandy: KandySession, webhook: Webhook) -> None:
    await kandy.subscribe(await kandy.webhook_channel(webhook.url))


async def inbound(kandy: KandySession, *texts: str) -> None:
    for text in texts:
        await kandy.turn("phone/write", person=PERSON, own=OWN, text=text)


async def next_text(webhook: Webhook) -> str:
    body = await asyncio.to_thread(webhook.next)
    (stated,) = body.values()
    message = stated.get("inboundSMSMessage") or stated["outboundSMSMessage"]
    return str(message["message"])


async def test_a_dropped_answer_is_an_accepted_text(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="drop-answer", route="send")
    with pytest.raises(httpx.TransportError):
        await kandy.send("lost")
    seen = (await kandy.control.get("/counters")).json()
    assert [text["text"] for text in seen["accepted"]] == ["lost"]
    assert seen["answers"]["send cut"] == 1
    assert (await kandy.send("next")).status_code == 201
    assert await kandy.texts() == ["next", "lost"]


async def test_a_cut_request_is_not_an_accepted_text(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="cut", route="send")
    with pytest.raises(httpx.TransportError):
        await kandy.send("lost")
    assert await kandy.texts() == []


async def test_so_many_requests_are_answered_with_a_status(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="status", route="send", status=429, retry_after_s=7, times=2)
    answers = [await kandy.send() for _ in range(3)]
    assert [a.status_code for a in answers] == [429, 429, 201]
    assert answers[0].headers["Retry-After"] == "7"
    assert len(await kandy.texts()) == 1


async def test_a_fault_can_come_after_the_work_is_done(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="status-after", route="send", status=502)
    assert (await kandy.send("done")).status_code == 502
    assert await kandy.texts() == ["done"]


async def test_a_refusal_says_what_was_ordered(kandy: KandySession) -> None:
    await kandy.turn(
        "faults",
        kind="refuse",
        route="send",
        status=400,
        code="SVC0003",
        text="Invalid input value for message part %1, valid values are %2",
        variables=["message", "shorter ones"],
    )
    answer = await kandy.send()
    assert answer.status_code == 400
    exception = answer.json()["requestError"]["serviceException"]
    assert (exception["messageId"], exception["variables"]) == (
        "SVC0003",
        ["message", "shorter ones"],
    )


async def test_a_body_can_be_broken(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="broken-body", route="send")
    answer = await kandy.send()
    assert answer.status_code == 201
    with pytest.raises(ValueError, match=r".*"):
        answer.json()


async def test_a_fault_hits_its_route_only_and_any_route_where_none_is_named(
    kandy: KandySession,
) -> None:
    await kandy.turn("faults", kind="status", route="threads", status=500)
    assert (await kandy.send()).status_code == 201
    assert (await kandy.sms("GET", "/remoteAddresses")).status_code == 500
    await kandy.turn("faults", kind="status", status=401, times=None)
    assert (await kandy.send()).status_code == 401
    assert (await kandy.sms("GET", "/remoteAddresses")).status_code == 401
    await kandy.control.delete("/faults")
    assert (await kandy.send()).status_code == 201


async def test_a_share_of_requests() -> None:
    async with kandy_session(around=Surroundings(rng=random.Random(1))) as kandy:
        await kandy.turn("faults", kind="status", route="send", share=0.5, times=None)
        statuses = [(await kandy.send()).status_code for _ in range(40)]
    assert 8 < statuses.count(503) < 32
    assert set(statuses) == {201, 503}


async def test_a_held_answer_waits_for_its_release(kandy: KandySession) -> None:
    await kandy.turn("faults", kind="hold-answer", route="send")
    sending = asyncio.create_task(kandy.send("held"))
    await kandy.until(lambda seen: seen["held"] == 1)
    assert not sending.done()
    await kandy.turn("faults/release")
    assert (await sending).status_code == 201


async def test_the_notification_may_come_before_the_answer(
    kandy: KandySession, webhook: Webhook
) -> None:
    await subscribed(kandy, webhook)
    await kandy.turn("faults", kind="notification-first", route="outbound")
    await kandy.turn("faults", kind="hold-answer", route="send")
    sending = asyncio.create_task(kandy.send("first"))
    assert await next_text(webhook) == "first"
    await kandy.until(lambda seen: seen["held"] == 1)
    assert not sending.done()
    await kandy.turn("faults/release")
    assert (await sending).status_code == 201
    assert webhook.is_empty()


async def test_else_the_answer_comes_before_the_notification(
    kandy: KandySession, webhook: Webhook
) -> None:
    await subscribed(kandy, webhook)
    await kandy.turn("faults", kind="hold-answer", route="send")
    sending = asyncio.create_task(kandy.send("later"))
    seen = await kandy.until(lambda seen: seen["held"] == 1)
    assert (len(seen["accepted"]), seen["notifications"]) == (1, [])
    await kandy.turn("faults/release")
    await sending
    assert await next_text(webhook) == "later"


async def test_notifications_are_repeated_with_the_same_id(
    kandy: KandySession, webhook: Webhook
) -> None:
    await subscribed(kandy, webhook)
    await kandy.turn("faults", kind="repeat-notification", route="inbound", copies=3)
    await inbound(kandy, "again")
    bodies = [await asyncio.to_thread(webhook.next) for _ in range(3)]
    assert bodies[0] == bodies[1] == bodies[2]


async def test_notifications_are_dropped_turned_round_and_held(
    kandy: KandySession, webhook: Webhook
) -> None:
    await subscribed(kandy, webhook)
    await kandy.turn("faults", kind="drop-notification")
    await inbound(kandy, "dropped")
    await kandy.turn("faults", kind="reorder-notifications", times=3, window=3)
    await inbound(kandy, "one", "two", "three")
    assert [await next_text(webhook) for _ in range(3)] == ["three", "two", "one"]
    await kandy.turn("faults", kind="hold-notification")
    await inbound(kandy, "held", "passes")
    assert await next_text(webhook) == "passes"
    await kandy.until(lambda seen: seen["held"] == 1)
    await kandy.turn("faults/release")
    assert await next_text(webhook) == "held"
    seen = (await kandy.control.get("/counters")).json()
    assert seen["webhooks"].get("dropped") == 1


async def test_a_release_lets_half_a_window_go(kandy: KandySession, webhook: Webhook) -> None:
    await subscribed(kandy, webhook)
    await kandy.turn("faults", kind="reorder-notifications", times=5, window=5)
    await inbound(kandy, "one", "two")
    await kandy.turn("faults/release")
    assert [await next_text(webhook) for _ in range(2)] == ["two", "one"]


async def test_delays_last_as_long_as_ordered(webhook: Webhook) -> None:
    sleeps = Sleeps()
    async with kandy_session(around=Surroundings(sleep=sleeps.sleep)) as kandy:
        await subscribed(kandy, webhook)
        await kandy.turn("faults", kind="delay-request", route="send", delay_s=3)
        await kandy.turn("faults", kind="delay-answer", route="send", delay_s=5)
        await kandy.turn("faults", kind="delay-notification", delay_s=9)
        sending = asyncio.create_task(kandy.send("slow"))
        await sleeps.let_pass()
        await kandy.until(lambda seen: bool(seen["accepted"]))
        assert not sending.done()
        await sleeps.let_pass()
        assert (await sending).status_code == 201
        await sleeps.let_pass()
        assert await next_text(webhook) == "slow"
    assert sleeps.asked_s == [3, 5, 9]


@pytest.mark.parametrize("wanted", [{"kind": "magic"}, {"kind": "cut", "rout": "send"}, {}])
async def test_an_order_that_makes_no_sense_is_refused(
    kandy: KandySession, wanted: dict[str, Any]
) -> None:
    assert (await kandy.control.post("/faults", json=wanted)).status_code == 400
    assert (await kandy.control.get("/faults")).json() == []
