"""Calls that come to the right path: whose they are, once Kandy was seen to prove its own."""

import asyncio

import httpx
import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.store import channels
from sms_desktop.store.channels import OurChannel
from tests.helpers.desk import PATIENCE_S, Desk
from tests.helpers.kandy_session import OWN, PERSON


async def our_channel(desk: Desk) -> OurChannel:
    account = desk.reader.accounts()[0].account_id
    [found] = await desk.profile.store.write(lambda db: channels.our_channels(db, account))
    return found


def notification(text: str) -> dict[str, object]:
    message = {
        "dateTime": 1_795_000_000_000,
        "destinationAddress": OWN,
        "message": text,
        "messageId": f"SM-{text}",
        "senderAddress": PERSON,
    }
    return {"inboundSMSMessageNotification": {"inboundSMSMessage": message, "id": f"n-{text}"}}


async def call(channel: OurChannel, text: str, authorization: str | None) -> int:
    headers = {} if authorization is None else {"Authorization": authorization}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.post(channel.url, json=notification(text), headers=headers)
    assert answer.content == b""
    return answer.status_code


async def until_proof_is_kept(desk: Desk) -> None:
    """It is written down after the message, before the answer."""
    async with asyncio.timeout(PATIENCE_S):
        while (await our_channel(desk)).authorization_seen_at_ms is None:
            pass


async def kandy_writes(desk: Desk, text: str) -> None:
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text=text)
    await desk.until_state(text, State.RECEIVED)


WRONG = ["", "Bearer guessed", None, "bearer"]


async def test_once_kandy_proved_itself_everybody_has_to(desk: Desk) -> None:
    channel = await our_channel(desk)
    assert channel.authorization
    assert channel.authorization_seen_at_ms is None
    await kandy_writes(desk, "proven")
    await until_proof_is_kept(desk)
    assert [await call(channel, "forged", one) for one in WRONG] == [404] * 4
    assert await call(channel, "real", channel.authorization) == 200
    assert sorted(desk.texts()) == ["proven", "real"]
    await kandy_writes(desk, "and again")


async def test_a_kandy_that_never_proves_itself_is_believed(desk: Desk) -> None:
    await desk.kandy.turn("settings", authorization="withheld")
    channel = await our_channel(desk)
    await kandy_writes(desk, "first")
    assert await call(channel, "second", "Bearer something else") == 200
    await kandy_writes(desk, "third")
    assert (await our_channel(desk)).authorization_seen_at_ms is None


async def test_a_kandy_that_knows_of_no_authorization(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("settings", authorization="absent")
    await desk.sign_in()
    await desk.until_live()
    await kandy_writes(desk, "hello")


async def test_a_kandy_that_does_not_want_to_be_asked(cold_desk: Desk) -> None:
    """A request with a field that it does not know is refused; the one without it is not."""
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("settings", authorization="refused")
    await desk.sign_in()
    await desk.until_live()
    await kandy_writes(desk, "hello")


@pytest.mark.log_warnings("commit failed")
async def test_a_proof_counts_even_while_it_cannot_be_written_down(desk: Desk) -> None:
    channel = await our_channel(desk)
    await desk.fill_disk()
    assert await call(channel, "full", channel.authorization) == 503
    assert await call(channel, "forged", None) == 404
    await desk.free_disk()
    assert await call(channel, "full", channel.authorization) == 200
    await until_proof_is_kept(desk)
