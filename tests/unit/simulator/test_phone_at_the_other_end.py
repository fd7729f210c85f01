"""The phone window's line to the simulator, and the people who answer there."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.simulator.phone_line import HttpPhoneLine, PhoneLineBroken
from sms_desktop.simulator.surroundings import Surroundings
from sms_desktop.ui.ports import PhoneLine
from tests.helpers.kandy_session import OWN, PERSON, SECOND, KandySession, Sleeps, kandy_session

Phone = tuple[KandySession, HttpPhoneLine]


@pytest.fixture
async def phone(kandy: KandySession) -> AsyncIterator[HttpPhoneLine]:
    line = HttpPhoneLine(kandy.known["control_url"])
    yield line
    await line.aclose()


def as_port(line: HttpPhoneLine) -> PhoneLine:
    """The type checker's proof that the line is what the phone window asks for."""
    return line


async def test_a_sent_text_comes_to_the_phone_and_the_phone_is_told(
    kandy: KandySession, phone: HttpPhoneLine
) -> None:
    assert await phone.own_numbers() == [OWN, SECOND]
    waiting = asyncio.create_task(as_port(phone).wait_for_change())
    await kandy.send("hello?")
    await waiting
    (text,) = await phone.messages(PERSON, OWN)
    assert (text.text, text.mine) == ("hello?", False)
    assert await phone.messages(PERSON, SECOND) == []
    assert [p.number for p in await phone.people()] == [PERSON]


async def test_what_a_person_writes_is_an_inbound_text_of_the_account(
    kandy: KandySession, phone: HttpPhoneLine
) -> None:
    await phone.write(PERSON, OWN, "are you open?")
    await phone.send_from_another_device(PERSON, OWN, "yes, until 6")
    await phone.wait_for_change()
    while len(texts := await phone.messages(PERSON, OWN)) < 2:
        await phone.wait_for_change()
    assert [(t.text, t.mine) for t in texts] == [("are you open?", True), ("yes, until 6", False)]
    assert await kandy.texts() == ["yes, until 6", "are you open?"]


async def test_the_phone_keeps_what_kandy_forgets(
    kandy: KandySession, phone: HttpPhoneLine
) -> None:
    await phone.write(PERSON, OWN, "remember this")
    await kandy.sms("DELETE", f"/remoteAddresses/{PERSON}/localAddresses/{OWN}")
    assert [t.text for t in await phone.messages(PERSON, OWN)] == ["remember this"]


async def test_the_windows_buttons(kandy: KandySession, phone: HttpPhoneLine) -> None:
    channel = await kandy.webhook_channel("http://127.0.0.1:9/x")
    await kandy.subscribe(channel)
    await phone.cancel_subscription(OWN)
    assert (await kandy.control.get("/subscriptions")).json() == []
    await phone.lose_next_answer()
    orders = (await kandy.control.get("/faults")).json()
    assert {(order["kind"], order["route"]) for order in orders} == {
        ("drop-answer", "send"),
        ("drop-notification", "outbound"),
    }
    await phone.set_network(up=False)
    await phone.set_network(up=True)
    await phone.burst(OWN, count=30, within_s=0)
    anybody = Address("+12065550100")
    while len(await phone.messages(anybody, OWN)) < 30:
        await phone.wait_for_change()


async def test_a_number_that_is_nobodys_cannot_be_texted(phone: HttpPhoneLine) -> None:
    with pytest.raises(PhoneLineBroken):
        await phone.write(PERSON, Address("+12025550199"), "hi")


async def test_a_simulator_that_is_gone_is_said_in_a_sentence() -> None:
    async with kandy_session() as kandy:
        line = HttpPhoneLine(kandy.known["control_url"])
    with pytest.raises(PhoneLineBroken) as broken:
        await line.people()
    assert "start the demo again" in broken.value.text()
    await line.aclose()


async def test_scripted_people_answer_after_a_while_and_not_always_the_same() -> None:
    sleeps = Sleeps()
    async with kandy_session("demo", Surroundings(sleep=sleeps.sleep)) as kandy:
        line = HttpPhoneLine(kandy.known["control_url"])
        before = len(await line.messages(PERSON, OWN))
        answers = set()
        for n in range(6):
            url = (await kandy.send("Shall we?")).json()["outboundSMSMessageRequest"]["resourceURL"]
            await sleeps.let_pass()
            await kandy.until(lambda seen, n=n: len(seen["accepted"]) == n + 1)
            while len(await line.messages(PERSON, OWN)) == before + 2 * n:
                await line.wait_for_change()
            status = (await kandy.http.get(f"{url}/status")).json()
            assert status == {"status": "DeliveredToTerminal"}
            await sleeps.let_pass()
            while len(texts := await line.messages(PERSON, OWN)) < before + 2 * (n + 1):
                await line.wait_for_change()
            answers.add(texts[-1].text)
            assert texts[-1].mine
            assert (await kandy.texts(max=1)) == [texts[-1].text]
        assert len(answers) > 1
        assert 0 < min(sleeps.asked_s) < max(sleeps.asked_s) < 5
        await line.aclose()


async def test_short_codes_never_answer_and_unreachable_numbers_are_reported() -> None:
    async with kandy_session("demo", Surroundings()) as kandy:
        await kandy.turn("script", delivery_s=[0, 0], reply_s=[0, 0], unreachable=[PERSON])
        url = (await kandy.send("anyone?")).json()["outboundSMSMessageRequest"]["resourceURL"]
        code = (await kandy.send("hi", addresses=["72345"])).json()["outboundSMSMessageRequest"]
        while (await kandy.http.get(f"{url}/status")).json()["status"] == "DeliveredToNetwork":
            await kandy.control.get("/changes", params={"timeout_s": "1"})
        assert (await kandy.http.get(f"{url}/status")).json() == {"status": "DeliveryImpossible"}
        phone = await kandy.control.get("/phone", params={"person": "72345", "own": OWN})
        assert phone.json()["messages"][-1]["text"] == "hi"
        assert (await kandy.http.get(f"{code['resourceURL']}/status")).json() == {
            "status": "DeliveredToTerminal"
        }
