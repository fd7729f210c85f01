"""The first import: all of it or from a day on, told as it goes, broken off and taken up again."""

from typing import Any

import pytest

from sms_desktop.domain.address import Address
from sms_desktop.sync import events
from sms_desktop.sync.receiving import history_import
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND

DAY_S = 24 * 3600
MANY = 250


async def _past(desk: Desk, count: int, person: Address = PERSON, own: Address = OWN) -> None:
    for number in range(count):
        desk.time.pass_s(1)
        await desk.kandy.turn("phone/write", person=person, own=own, text=f"{person[-2:]} {number}")


@pytest.fixture
def small_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_import, "_PAGES_AT_ONCE", 2)


async def _sign_in(desk: Desk, since_ms: int | None = None) -> Any:
    known = desk.kandy.known
    from sms_desktop.domain.account import AccountKind
    from sms_desktop.domain.setting_up import SignIn

    typed = SignIn(
        AccountKind.PROJECT, known["base_url"], known["client_id"], secret=known["client_secret"]
    )
    return await desk.engine.accounts.keep(typed, "loopback", (), since_ms)


async def test_everything_comes_in_slices_and_is_told(cold_desk: Desk, small_slices: None) -> None:
    desk = cold_desk
    other = Address("+12065550123")
    await _past(desk, MANY)
    await _past(desk, 3, other, SECOND)
    await desk.start()
    await _sign_in(desk)
    await desk.until(lambda: any(told.is_over for told in desk.told(events.HistoryImported)))
    await desk.until_live()
    assert len(desk.rows()) == MANY + 3
    assert [r.text for r in desk.rows() if r.text.startswith(PERSON[-2:])] == [
        f"{PERSON[-2:]} {number}" for number in range(MANY)
    ]
    assert desk.unread() == MANY + 3
    told = desk.told(events.HistoryImported)
    assert [one.messages for one in told] == sorted(one.messages for one in told)
    assert (told[-1].threads_done, told[-1].threads, told[-1].messages) == (2, 2, MANY + 3)


async def test_only_what_is_later_than_the_chosen_day(cold_desk: Desk) -> None:
    desk = cold_desk
    await _past(desk, 3)
    await _past(desk, 2, Address("+12065550123"))
    desk.time.pass_s(DAY_S)
    since_ms = desk.time.now_ms()
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="today")
    await desk.start()
    await _sign_in(desk, since_ms)
    await desk.until_live()
    assert desk.texts() == ["today"]
    # The person wants the rest after all.
    await desk.engine.accounts.import_history(desk.reader.accounts()[0].account_id, None)
    await desk.until(lambda: len(desk.rows()) == 6)
    assert desk.texts()[:4] == [f"{PERSON[-2:]} {number}" for number in range(3)] + ["today"]


@pytest.mark.parametrize("history_in_seconds", [False, True])
async def test_it_goes_on_after_the_end_of_the_program(
    cold_desk: Desk, small_slices: None, history_in_seconds: bool
) -> None:
    """What the first run has read is not read again, and what was new stays new."""
    desk = cold_desk
    await desk.kandy.turn("settings", history_in_seconds=history_in_seconds)
    await _past(desk, 100)
    while (await desk.kandy.texts(max=500)) == []:
        pass
    await _past(desk, MANY)
    await desk.start()
    # The third page hangs, and the program ends.
    await desk.kandy.turn("faults", kind="hold-answer", route="messages", times=3)
    await _sign_in(desk)
    for page in (1, 2, 3):
        await desk.kandy.until(lambda seen: seen["held"] == 1)
        if page < 3:
            await desk.kandy.turn("faults/release")
            await desk.kandy.until(
                lambda seen, page=page: seen["answers"].get("messages 200", 0) > page
            )
    read_before = len(desk.rows())
    assert 0 < read_before < MANY + 100
    await desk.stop()
    await desk.kandy.turn("faults/release")
    await desk.kandy.control.delete("/counters")
    await desk.start()
    await desk.until_live()
    assert desk.texts() == [f"{PERSON[-2:]} {n}" for n in [*range(100), *range(MANY)]]
    assert desk.unread() == MANY
    pages = (await desk.kandy.control.get("/counters")).json()["requests"]["messages"]
    assert pages <= 5


async def test_what_comes_while_it_is_broken_off_is_there_at_the_next_start(
    cold_desk: Desk,
) -> None:
    desk = cold_desk
    await _past(desk, 1)
    await desk.start()
    await desk.kandy.turn("faults", kind="hold-answer", route="messages")
    await _sign_in(desk)
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.stop()
    await desk.kandy.turn("faults/release")
    stranger = Address("+12065550123")
    await _past(desk, 1, stranger)
    await desk.start()
    await desk.until_live()
    assert sorted(desk.texts()) == sorted([f"{PERSON[-2:]} 0", f"{stranger[-2:]} 0"])


async def test_the_person_may_have_enough_of_it(cold_desk: Desk, small_slices: None) -> None:
    desk = cold_desk
    await _past(desk, MANY)
    await desk.start()
    await desk.kandy.turn("faults", kind="hold-answer", route="messages")
    await _sign_in(desk)
    await desk.kandy.until(lambda seen: seen["held"] == 1)
    await desk.engine.accounts.cancel_import(desk.reader.accounts()[0].account_id)
    await desk.kandy.turn("faults/release")
    await desk.until_live()
    assert desk.told(events.HistoryImported)[-1].is_over
    assert 0 < len(desk.rows()) < MANY
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="still listening")
    await desk.until(lambda: desk.texts()[-1:] == ["still listening"])
