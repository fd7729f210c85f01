"""What is said while the way in is broken, how it is mended, and how seldom Kandy is bothered."""

from typing import Any

import pytest

from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import CheckState, Level, Receiving
from sms_desktop.sync import events
from tests.helpers.desk import Desk
from tests.helpers.kandy_session import OWN, PERSON, SECOND


async def _requests(desk: Desk) -> dict[str, Any]:
    found: dict[str, Any] = (await desk.kandy.control.get("/counters")).json()["requests"]
    return found


async def test_ready_is_told_once_when_every_number_is_subscribed(desk: Desk) -> None:
    assert len(desk.told(events.BecameReady)) == 1
    assert desk.receiving() == {OWN: Receiving.ACTIVE, SECOND: Receiving.ACTIVE}
    assert "2 of 2" in desk.health.sentence
    assert "token renews at" in desk.check("account")


async def test_without_a_network_it_says_so_and_is_live_again_by_itself(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is Level.DEAF)
    assert "refused the connection" in desk.health.sentence
    assert Receiving.ACTIVE not in desk.receiving().values()
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="are you deaf?")
    await desk.kandy.turn("network", up=True)
    # Whoever watches Kandy may have had it look once more meanwhile.
    await desk.until(lambda: desk.time.sleepers(0.75) > 0 or desk.health.level is Level.LIVE)
    desk.time.pass_s(0.75)
    await desk.until(lambda: desk.health.level is Level.LIVE)
    await desk.until_state("are you deaf?", State.RECEIVED)


async def test_a_send_that_finds_no_network_makes_the_line_look_at_itself(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    await desk.send("anybody there?")
    await desk.until(lambda: desk.health.level is Level.DEAF)


async def test_waits_grow_while_it_stays_broken(desk: Desk) -> None:
    await desk.kandy.turn("network", up=False)
    desk.time.pass_s(300)
    for wait_s in (0.75, 1.5, 3.0, 6.0, 12.0, 15.0, 15.0):
        await desk.time.sleep_through(wait_s)
    await desk.until(lambda: desk.health.level is Level.DEAF)


async def test_a_start_without_a_network(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    await desk.sign_in()
    await desk.until_live()
    await desk.stop()
    await desk.kandy.turn("network", up=False)
    await desk.start()
    await desk.until(lambda: desk.health.level is Level.DEAF)
    await desk.kandy.turn("network", up=True)
    await desk.time.sleep_through(0.75)
    await desk.until_live()


async def test_deaf_but_able_to_ask_is_slow_and_texts_still_come(cold_desk: Desk) -> None:
    """No channel can be had: history is read again and again instead."""
    desk = cold_desk
    await desk.kandy.turn("faults", kind="status", route="create-channel", status=503, times=None)
    await desk.start()
    await desk.sign_in()
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert "asked for new messages again and again" in desk.health.sentence
    assert next(c for c in desk.health.checks if c.name == "way_in").state is CheckState.FAILED
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="by the slow way")
    await desk.time.sleep_through(0.75)
    await desk.until_state("by the slow way", State.RECEIVED)
    assert (await _requests(desk))["token"] <= 3
    await desk.kandy.turn("faults/release")
    await desk.kandy.control.delete("/faults")
    await desk.time.sleep_through(1.5)
    await desk.until_live()


async def test_a_secret_that_is_refused_is_not_tried_again_and_again(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.start()
    account = await desk.sign_in()
    await desk.until_live()
    await desk.stop()
    _spoil_secret(desk)
    await desk.kandy.control.delete("/counters")
    await desk.start()
    await desk.until(lambda: "does not accept" in desk.health.sentence)
    assert desk.health.level is Level.DEAF
    for number in range(5):
        await desk.send(f"text {number}", local=OWN if number % 2 else SECOND)
    await desk.core.tasks.wait_idle()
    assert (await _requests(desk))["token"] == 1
    await desk.time.until_asleep(600.0)

    # The person has found the right one.
    desk.vault.set(_secret_key(desk), desk.kandy.known["client_secret"])
    await desk.engine.reload(account.account_id)
    await desk.until_live()
    for number in range(5):
        await desk.until_state(f"text {number}", State.ACCEPTED)


async def test_the_person_may_try_a_refused_secret_at_once_but_only_once(desk: Desk) -> None:
    await desk.stop()
    _spoil_secret(desk)
    await desk.start()
    await desk.until(lambda: "does not accept" in desk.health.sentence)
    await desk.time.until_asleep(600.0)
    await desk.kandy.control.delete("/counters")
    for times in (1, 2):
        waits = desk.time.asked_s.count(600.0)
        desk.engine.check_connection()
        await desk.until(lambda waits=waits: desk.time.asked_s.count(600.0) > waits)
        assert (await _requests(desk))["token"] == times


async def test_settling_does_not_try_a_refused_secret_either(desk: Desk) -> None:
    await desk.kandy.turn("faults", kind="drop-notification", route="outbound", times=None)
    await desk.kandy.turn("faults", kind="drop-answer", route="send")
    await desk.send("lost")
    await desk.until_state("lost", State.UNCONFIRMED)
    await desk.stop()
    _spoil_secret(desk)
    await desk.kandy.control.delete("/counters")
    await desk.start()
    await desk.until(lambda: "does not accept" in desk.health.sentence)
    for wait_s in (1.0, 20.75, 21.5, 23.0):
        await desk.time.sleep_through(wait_s)
    await desk.time.until_asleep(26.0)
    assert (await _requests(desk))["token"] == 1
    assert desk.state("lost") is State.UNCONFIRMED


async def test_a_secret_that_stops_being_good_is_noticed_at_the_next_look(desk: Desk) -> None:
    await desk.kandy.turn("tokens", revoke=True)
    await desk.kandy.turn("faults", kind="status", route="token", status=401, times=None)
    desk.time.pass_s(300)
    await desk.until(lambda: desk.health.level is Level.DEAF)
    assert "does not accept" in desk.health.sentence
    await desk.time.until_asleep(600.0)
    await desk.kandy.control.delete("/faults")
    desk.time.pass_s(600)
    await desk.until(lambda: desk.health.level is Level.LIVE)


async def test_a_websocket_is_not_called_live_before_it_is_open(cold_desk: Desk) -> None:
    desk = cold_desk
    await desk.kandy.turn("faults", kind="status", route="websocket", status=503)
    await desk.start()
    await desk.sign_in("websocket")
    await desk.until(lambda: desk.health.level in (Level.SLOW, Level.DEAF))
    assert not desk.told(events.BecameReady)
    assert "subscribe" not in await _requests(desk)
    await desk.time.sleep_through(0.75)
    await desk.until_live()


async def test_a_websocket_that_is_closed_is_opened_again_and_nothing_is_lost(
    websocket_desk: Desk,
) -> None:
    desk = websocket_desk
    found = (await desk.kandy.control.get("/subscriptions")).json()
    path = f"/cpaas/notificationchannel/v1/{desk.kandy.user_id}/channels/{found[0]['channel_id']}"
    await desk.kandy.http.delete(path)
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert Receiving.ACTIVE not in desk.receiving().values()
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="in between")
    await desk.time.sleep_through(0.75)
    await desk.until_live()
    assert desk.texts() == ["in between"]
    await desk.kandy.turn("phone/write", person=PERSON, own=OWN, text="afterwards")
    await desk.until_state("afterwards", State.RECEIVED)


async def test_a_websocket_without_a_sign_of_life_is_given_up(websocket_desk: Desk) -> None:
    desk = websocket_desk
    await desk.kandy.turn("settings", acknowledges=False)
    for _ in range(4):
        if desk.health.level is not Level.LIVE:
            break
        await desk.time.sleep_through(7)
    await desk.until(lambda: desk.health.level is Level.SLOW)
    assert "no sign of life" in desk.health.sentence


async def test_a_websocket_channel_lives_longer_than_its_lifetime(websocket_desk: Desk) -> None:
    desk = websocket_desk
    await desk.kandy.turn("faults", kind="status", route="renew-channel", status=500)
    await desk.time.sleep_through(1800)
    # One failure is not the end: there is half of the lifetime left for another try.
    await desk.time.sleep_through(0.75)
    await desk.kandy.until(lambda seen: seen["answers"].get("renew-channel 200", 0) == 1)
    assert "create-channel" not in await _requests(desk)


@pytest.mark.log_warnings("reception failed unexpectedly")
async def test_a_mistake_of_our_own_is_said_and_receiving_begins_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sms_desktop.sync.receiving.subscriptions import Subscriptions

    async def broken(*_: object) -> None:
        raise LookupError

    with monkeypatch.context() as patched:
        patched.setattr(Subscriptions, "fit", broken)
        desk.time.pass_s(300)
        await desk.until(lambda: "inside the program" in desk.health.sentence)
        assert desk.health.level in (Level.SLOW, Level.DEAF)
        await desk.time.until_asleep(0.75)
    desk.time.pass_s(0.75)
    await desk.until(lambda: desk.health.level is Level.LIVE)


def _secret_key(desk: Desk) -> str:
    from sms_desktop.vault.keys import account_secret

    return account_secret(desk.reader.accounts()[0].account_id)


def _spoil_secret(desk: Desk) -> None:
    from sms_desktop.domain.ids import AccountId
    from sms_desktop.vault.keys import account_secret

    desk.vault.set(account_secret(AccountId(1)), "not the secret any more")
