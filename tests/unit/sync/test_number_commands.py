"""What a person asks of own numbers: kept, told, and followed by subscriptions at Kandy."""

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.number_change import NoSuchPlace, NumberChange
from sms_desktop.sync import events
from sms_desktop.sync.accounts.account_keeper import SignedOut
from sms_desktop.sync.accounts.number_commands import NoSuchNumber
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND

STRANGER = Address("+14165550123")


async def _requests(desk: Desk) -> dict[str, int]:
    found: dict[str, int] = (await desk.kandy.control.get("/counters")).json()["requests"]
    return found


def _told(desk: Desk) -> list[Address]:
    return [state.number.number for state in desk.told(events.NumbersChanged)[-1].numbers]


async def test_the_first_subscription_tells_which_number_is_kandys_default(desk: Desk) -> None:
    assert desk.number(OWN).is_kandy_default
    assert not desk.number(SECOND).is_kandy_default
    subscribed = (await desk.kandy.control.get("/subscriptions")).json()
    assert sorted(s["number"] for s in subscribed if s["number"]) == sorted([OWN, SECOND])


async def test_the_default_is_asked_for_once_and_serves_as_its_subscription(
    cold_desk: Desk,
) -> None:
    desk = cold_desk
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    assert (await _requests(desk))["subscribe"] == 2
    desk.time.pass_s(300)
    await desk.until_live()
    assert (await _requests(desk))["subscribe"] == 2


async def test_a_kandy_that_wants_a_number_named_is_no_trouble(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("faults", kind="refuse", route="subscribe", status=400)
    await desk.sign_in()
    await desk.until_live()
    assert desk.receiving() == {OWN: Receiving.ACTIVE, SECOND: Receiving.ACTIVE}
    assert not desk.number(OWN).is_kandy_default


async def test_where_no_number_is_listed_those_in_use_are_found(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("settings", lists_numbers=False)
    await desk.kandy.turn("phone/write", person=PERSON, own=SECOND, text="hello")
    await desk.sign_in()
    await desk.until_live()
    assert desk.receiving() == {SECOND: Receiving.ACTIVE}


async def test_where_no_number_is_known_at_all_kandys_default_receives(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("settings", lists_numbers=False)
    await desk.sign_in()
    await desk.until_live()
    assert desk.receiving() == {OWN: Receiving.ACTIVE}
    assert desk.number(OWN).is_kandy_default
    subscribed = (await desk.kandy.control.get("/subscriptions")).json()
    assert [s["number"] for s in subscribed if s["number"]] == [OWN]


async def test_a_default_number_that_was_taken_off_stays_off(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.kandy.turn("settings", lists_numbers=False)
    await desk.sign_in()
    await desk.until_live()
    desk.engine.numbers.take_off(desk.number(OWN).key)
    await desk.until(lambda: not desk.receiving())
    await desk.stop()
    await desk.start()
    await desk.time.until_asleep(300.0)
    assert desk.reader.numbers() == []


async def test_order_and_rank_are_told_at_once(desk: Desk) -> None:
    second = desk.number(SECOND)
    changed = await desk.engine.numbers.changed(
        second.key, NumberChange(place=1, default_sender=True)
    )
    assert (changed.position, changed.is_default_sender) == (0, True)
    assert _told(desk) == [SECOND, OWN]
    desk.engine.numbers.put_in_order([desk.number(OWN).key])
    await desk.until(lambda: _told(desk) == [OWN, SECOND])


async def test_a_change_is_whole_or_not_at_all(desk: Desk) -> None:
    with pytest.raises(NoSuchPlace):
        await desk.engine.numbers.changed(desk.number(OWN).key, NumberChange(name="x", place=3))
    assert desk.number(OWN).name == ""
    with pytest.raises(NoSuchNumber):
        await desk.engine.numbers.changed(
            (desk.number(OWN).account_id, STRANGER), NumberChange(name="x")
        )


async def test_what_cannot_be_changed_from_a_window_is_told(desk: Desk) -> None:
    desk.engine.numbers.change(desk.number(OWN).key, NumberChange(colour="green"))
    await desk.until(lambda: bool(desk.told(events.TroubleArose)))
    assert "#rrggbb" in desk.told(events.TroubleArose)[-1].sentence


async def test_refreshing_finds_what_is_new_what_is_gone_and_what_is_only_known(
    desk: Desk,
) -> None:
    third = Address("+13162158007")
    await desk.kandy.turn("numbers/assign", number=third)
    await desk.kandy.turn("phone/write", person=PERSON, own=SECOND, text="hi")
    await desk.kandy.turn("numbers/unassign", number=SECOND)
    found = await desk.engine.numbers.refresh()
    assert (found.asked, found.new, found.gone) == (1, (third,), 1)
    assert found.others == (SECOND,)
    assert _told(desk) == [OWN, third]
    await desk.until(lambda: desk.receiving().get(third) is Receiving.ACTIVE)


async def test_refreshing_while_kandy_is_away_says_so_and_takes_nothing(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False, how="refuse")
    with pytest.raises(SmsDesktopError):
        await desk.engine.numbers.refresh()
    assert [n.number for n in desk.reader.numbers()] == [OWN, SECOND]


async def test_a_number_by_hand_shows_whether_it_receives_and_can_go_again(desk: Desk) -> None:
    account = desk.number(OWN).account_id
    added = await desk.engine.numbers.add(account, "+1 (416) 555-0123 ")
    assert (added.number, added.is_by_hand) == (STRANGER, True)
    await desk.until(lambda: desk.receiving().get(STRANGER) is Receiving.NOT_ASSIGNED)
    with pytest.raises(SmsDesktopError, match="in the list already"):
        await desk.engine.numbers.add(account, STRANGER)
    desk.engine.numbers.take_off(added.key)
    desk.engine.numbers.take_off(desk.number(OWN).key)  # Kandy assigns it: it stays
    await desk.until(lambda: _told(desk) == [OWN, SECOND])


async def test_the_numbers_of_a_signed_out_account_cannot_send(desk: Desk) -> None:
    await desk.engine.accounts.sign_out(desk.number(OWN).account_id)
    states = desk.told(events.NumbersChanged)[-1].numbers
    assert {state.cannot_send for state in states} == {"The account is signed out."}
    assert (await desk.engine.numbers.refresh()).asked == 0


async def test_a_script_is_told_at_once_that_its_account_is_signed_out(desk: Desk) -> None:
    await desk.engine.accounts.sign_out(desk.number(OWN).account_id)
    with pytest.raises(SignedOut):
        await desk.engine.submit(OWN, PERSON, "hello")
    assert desk.texts() == []
