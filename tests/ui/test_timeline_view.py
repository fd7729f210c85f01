"""The timeline in a real window: place, honesty about what was seen, clicks, keys."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from sms_desktop.domain.delivery import UNKNOWABLE, State
from sms_desktop.domain.ids import ClientId
from sms_desktop.domain.message import TimelineKey
from sms_desktop.net.errors import SignInRefused
from sms_desktop.sync.events import MessageEchoed
from sms_desktop.ui.delegates.notes import Note, NoteAction, asking_words, note_for
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.scroll_place import ScrollPlace
from tests.helpers.reader import MemoryReader
from tests.helpers.screen import Screen

At = Callable[..., int]
LONG = "A text of many words that wraps over several lines of its bubble. " * 3


@pytest.fixture
def screen(reader: MemoryReader, theme: Theme, moments: Moments, qtbot: QtBot) -> Screen:
    return Screen(reader, theme, moments, qtbot)


def filled(screen: Screen, count: int = 300) -> int:
    thread = screen.reader.thread(name="Maria Rossi")
    screen.reader.fill(thread, count)
    screen.show()
    screen.view.open(thread)
    screen.paint()
    return thread


def kept_places(before: dict[TimelineKey, int], after: dict[TimelineKey, int]) -> bool:
    both = before.keys() & after.keys()
    return bool(both) and all(before[key] == after[key] for key in both)


def test_a_conversation_opens_at_its_newest_message(screen: Screen) -> None:
    filled(screen)
    assert screen.texts()[-1] == "message 299"
    assert screen.view.is_at_end
    assert screen.view.place() is None


def test_few_messages_stand_at_the_bottom(screen: Screen) -> None:
    filled(screen, 2)
    last = screen.view.visible_rows()[-1]
    bottom = screen.view.row_top(last) + screen.view.row_height(last)
    assert screen.view.viewport().height() - bottom < 20
    assert screen.view.row_top(0) > 300


def test_only_what_is_near_the_screen_is_laid_out(screen: Screen) -> None:
    filled(screen, 5_000)
    assert screen.view.row_painter.layouts_made < 40
    assert screen.reader.rows_read < 400


@pytest.mark.parametrize("unread", [0, 3, 200])
def test_what_is_laid_out_for_opening_is_what_is_seen(screen: Screen, unread: int) -> None:
    thread = screen.reader.thread()
    screen.reader.fill(thread, 500)
    screen.reader.look(thread, screen.reader.stored(thread)[-1 - unread].key)
    screen.show()
    screen.view.open(thread)
    screen.paint()
    assert screen.view.row_painter.layouts_made <= len(screen.view.visible_rows()) + 2
    screen.scroll_to(screen.view.verticalScrollBar().value() - 900)
    place = screen.view.place()
    assert place is not None
    screen.view.open(None)
    screen.view.row_painter.forget()
    made = screen.view.row_painter.layouts_made
    screen.view.open(thread, place)
    screen.paint()
    assert screen.view.row_painter.layouts_made - made <= len(screen.view.visible_rows()) + 2


def test_rows_that_arrive_below_do_not_move_what_is_read(screen: Screen, at: At) -> None:
    thread = filled(screen)
    screen.scroll_to(screen.view.verticalScrollBar().value() - 700)
    before = screen.tops()
    for number in range(3):
        screen.model.take_change(screen.reader.receive(thread, LONG, at(23, 14) + number))
    screen.paint()
    assert screen.tops() == before
    assert screen.view._pill.isVisible()
    assert screen.view._pill.text() == "3 new"
    screen.qtbot.mouseClick(screen.view._pill, Qt.MouseButton.LeftButton)
    screen.paint()
    assert screen.view.is_at_end
    assert not screen.view._pill.isVisible()


def test_rows_that_arrive_above_do_not_move_what_is_read(screen: Screen, at: At) -> None:
    thread = filled(screen, 40)
    screen.scroll_to(300)
    before = screen.tops()
    oldest = screen.reader.stored(thread)[0].at_ms
    for number in range(5):
        screen.reader.add(screen.reader.row(thread, LONG, oldest - 1000 + number))
    screen.model.take_change(screen.reader.look(thread))
    screen.paint()
    assert kept_places(before, screen.tops())


def test_a_message_that_changes_its_height_above_does_not_move_what_is_read(
    screen: Screen, at: At
) -> None:
    thread = screen.reader.thread()
    sent = screen.reader.row(thread, "out", 1000, state=State.SENDING, client_id="c1")
    screen.reader.add(sent)
    screen.reader.fill(thread, 40)
    screen.show()
    screen.view.open(thread)
    screen.scroll_to(45)
    before = screen.tops()
    refused = screen.reader.row(
        thread, "out", 1000, state=State.REFUSED, client_id="c1", reason=LONG, tie=sent.key.tie
    )
    screen.model.take_change(screen.reader.add(refused))
    screen.paint()
    after = screen.tops()
    assert after.pop(sent.key) < before.pop(sent.key)
    assert kept_places(before, after)


def test_scrolling_up_through_unmeasured_rows_moves_by_just_the_wheel(screen: Screen) -> None:
    thread = screen.reader.thread()
    for number in range(200):
        screen.reader.receive(thread, LONG if number % 3 else "short", 1_000_000 + number * 60_000)
    screen.reader.look(thread)
    screen.show()
    screen.view.open(thread)
    screen.paint()
    for _ in range(80):
        before = screen.tops()
        screen.scroll_to(screen.view.verticalScrollBar().value() - 90)
        after = screen.tops()
        moved = {after[key] - before[key] for key in before.keys() & after.keys()}
        assert moved == {90}
    assert screen.model.rowCount() > 60


def test_the_reader_at_the_end_stays_at_the_end(screen: Screen, at: At) -> None:
    thread = filled(screen)
    screen.model.take_change(screen.reader.receive(thread, "newest", at(23, 14)))
    screen.paint()
    assert screen.texts()[-1] == "newest"
    assert not screen.view._pill.isVisible()


def test_a_resize_keeps_the_uppermost_row(screen: Screen) -> None:
    thread = screen.reader.thread()
    for number in range(80):
        screen.reader.receive(thread, f"{number} {LONG}", 1_000_000 + number * 60_000)
    screen.reader.look(thread)
    screen.show()
    screen.view.open(thread)
    screen.scroll_to(1500)
    key, top = next((key, top) for key, top in screen.tops().items() if top >= 0)
    screen.window.resize(520, 460)
    screen.paint()
    assert screen.tops()[key] == top


def test_ones_own_message_goes_to_the_end_and_its_bubble_stays_where_it_is(
    screen: Screen, at: At
) -> None:
    thread = filled(screen)
    screen.scroll_to(screen.view.verticalScrollBar().value() - 900)
    echo = screen.reader.row(thread, "mine", at(23, 14), state=State.QUEUED, client_id="c1", tie=0)
    screen.model.take_echo(MessageEchoed(echo))
    screen.paint()
    assert screen.texts()[-1] == "mine"
    top = screen.tops()[echo.key]
    stored = screen.reader.row(thread, "mine", at(23, 14) + 1, state=State.ACCEPTED, client_id="c1")
    screen.model.take_change(screen.reader.add(stored))
    screen.paint()
    assert screen.texts().count("mine") == 1
    assert screen.tops()[stored.key] == top


def test_a_place_is_found_again(screen: Screen) -> None:
    thread = filled(screen, 1_000)
    screen.view.verticalScrollBar().setValue(0)
    screen.scroll_to(200)
    place = screen.view.place()
    assert isinstance(place, ScrollPlace)
    before = screen.tops()
    screen.view.open(None)
    screen.view.open(thread, place)
    screen.paint()
    assert screen.tops() == before


def test_unread_messages_are_looked_at_only_in_an_active_window(screen: Screen, at: At) -> None:
    thread = filled(screen, 3)
    assert screen.seen == []
    other = screen.leave()
    screen.model.take_change(screen.reader.receive(thread, "while away", at(23, 14)))
    screen.paint()
    assert screen.seen == []
    other.close()
    screen.show()
    screen.qtbot.waitUntil(lambda: screen.seen == [screen.reader.stored(thread)[-1].key])
    screen.paint()
    assert len(screen.seen) == 1


def test_what_is_not_on_screen_is_not_looked_at(screen: Screen, at: At) -> None:
    thread = filled(screen)
    screen.scroll_to(screen.view.verticalScrollBar().value() - 700)
    screen.model.take_change(screen.reader.receive(thread, "below", at(23, 14)))
    screen.paint()
    assert screen.seen == []
    screen.view.jump_to_newest()
    screen.paint()
    assert screen.seen == [screen.reader.stored(thread)[-1].key]


def test_a_hidden_timeline_looks_at_nothing(screen: Screen, at: At) -> None:
    thread = filled(screen, 3)
    screen.view.hide()
    screen.model.take_change(screen.reader.receive(thread, "behind the settings", at(23, 14)))
    QApplication.processEvents()
    assert screen.seen == []


def test_what_came_while_nobody_looked_does_not_scroll_away(screen: Screen, at: At) -> None:
    thread = filled(screen)
    screen.leave()
    for number in range(30):
        screen.model.take_change(
            screen.reader.receive(thread, f"missed {number}", at(23, 14) + number)
        )
    screen.paint()
    assert "missed 0" in screen.texts()
    divided = [screen.model.bubble(r) for r in range(screen.model.rowCount())]
    assert [b.row.text for b in divided if b.starts_new] == ["missed 0"]


def test_unread_messages_are_opened_where_they_begin(screen: Screen) -> None:
    thread = screen.reader.thread()
    screen.reader.fill(thread, 500)
    screen.reader.look(thread, screen.reader.stored(thread)[199].key)
    screen.show()
    screen.view.open(thread)
    screen.paint()
    assert screen.texts()[0] == "message 200"
    assert not screen.view.is_at_end


def test_links_open(screen: Screen, at: At) -> None:
    thread = screen.reader.thread()
    screen.reader.receive(
        thread, "👋 see https://ship.example/7Q2, or ask me@example.org", at(23, 14)
    )
    screen.show()
    screen.view.open(thread)
    screen.paint()
    screen.click(0, "https://ship.example/7Q2")
    screen.click(0, "mailto:me@example.org")
    assert screen.opened == ["https://ship.example/7Q2", "mailto:me@example.org"]


def test_notes_ask_for_what_can_be_done(screen: Screen, at: At) -> None:
    thread = screen.reader.thread()
    states = {"u": State.UNCONFIRMED, "n": State.NOT_SENT, "r": State.REFUSED}
    for number, (client_id, state) in enumerate(states.items()):
        screen.reader.add(
            screen.reader.row(
                thread, client_id, at(23, 14, number), state=state, client_id=client_id
            )
        )
    screen.show()
    screen.view.open(thread)
    screen.paint()
    asked: list[tuple[str, str]] = []
    screen.view.check_asked.connect(lambda c: asked.append(("check", c)))
    screen.view.retry_asked.connect(lambda c: asked.append(("retry", c)))
    screen.view.discard_asked.connect(lambda c: asked.append(("discard", c)))
    screen.click(0, NoteAction.CHECK)
    screen.click(1, NoteAction.RETRY)
    screen.click(1, NoteAction.DISCARD)
    screen.click(2, NoteAction.RETRY)
    assert asked == [("check", "u"), ("retry", "n"), ("discard", "n"), ("retry", "r")]


def test_what_nobody_can_tell_any_more_is_the_persons_to_decide(screen: Screen, at: At) -> None:
    thread = screen.reader.thread()
    row = screen.reader.row(thread, "u", at(23, 14), state=State.UNCONFIRMED, client_id="u")
    screen.reader.add(replace(row, reason=UNKNOWABLE))
    screen.show()
    screen.view.open(thread)
    screen.paint()
    asked: list[tuple[str, str]] = []
    screen.view.retry_asked.connect(lambda c: asked.append(("retry", c)))
    screen.view.discard_asked.connect(lambda c: asked.append(("discard", c)))
    screen.click(0, NoteAction.RETRY)
    screen.click(0, NoteAction.DISCARD)
    assert asked == [("retry", "u"), ("discard", "u")]


def test_chosen_messages_are_copied_in_order_with_time_and_sender(screen: Screen, at: At) -> None:
    thread = screen.reader.thread(name="Maria Rossi")
    screen.reader.receive(thread, "Could you come?", at(23, 14, 20))
    screen.reader.add(screen.reader.row(thread, "Yes", at(23, 14, 21), state=State.DELIVERED))
    screen.show()
    screen.view.open(thread)
    screen.view.selectAll()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "[Monday, 23 November 2026 14:20:00] Maria Rossi: Could you come?\n"
        "[Monday, 23 November 2026 14:21:00] You: Yes"
    )


def test_home_and_end_reach_both_ends_of_a_long_conversation(screen: Screen) -> None:
    filled(screen, 2_000)
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Home)
    screen.paint()
    assert screen.texts()[0] == "message 0"
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_End)
    screen.paint()
    assert screen.texts()[-1] == "message 1999"


def test_arrow_keys_move_from_message_to_message(screen: Screen) -> None:
    filled(screen)
    screen.view.setFocus()
    screen.qtbot.keyClick(screen.view, Qt.Key.Key_Up)
    last = screen.view.currentIndex().row()
    for _ in range(30):
        screen.qtbot.keyClick(screen.view, Qt.Key.Key_Up)
    now = screen.view.currentIndex()
    assert screen.model.bubble(now.row()).row.text == f"message {299 - 30}"
    assert last >= 30
    assert screen.view.viewport().rect().contains(screen.view.visualRect(now))


def test_the_menu_offers_only_what_works(screen: Screen, at: At) -> None:
    thread = screen.reader.thread("+16131234567")
    screen.reader.receive(thread, "hello", at(23, 14))
    screen.reader.add(
        screen.reader.row(thread, "x", at(23, 14, 1), state=State.REFUSED, client_id="c")
    )
    screen.show()
    screen.view.open(thread)

    def offered(row: int) -> list[str]:
        menu = screen.view.menu_for(screen.model.index(row))
        return [a.text().split("\t")[0] for a in menu.actions() if not a.isSeparator()]

    assert offered(0) == ["Copy text", "Copy number", "Details"]
    assert offered(1) == ["Copy text", "Copy number", "Details", "Send again", "Discard"]


HOSTILE = [
    "x" * 10_000,
    "e" + "\u0301" * 500,
    "\u202e" * 50 + "evil\u2066\u2067",
    "".join(map(chr, range(32))),
    "\ud83d lone",
    "\n" * 40,
    "👨‍👩‍👧‍👦" * 200,
    "",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_in_their_bubble(screen: Screen, at: At, text: str) -> None:
    thread = screen.reader.thread()
    screen.reader.receive(thread, text, at(23, 14))
    screen.show()
    screen.view.open(thread)
    screen.paint()
    layout = screen.view._layout(0)
    assert layout.box.width() <= screen.view.viewport().width() * 0.7
    assert layout.height >= layout.box.bottom()


def test_a_message_from_right_to_left_begins_at_the_right(screen: Screen, at: At) -> None:
    thread = screen.reader.thread()
    screen.reader.receive(thread, "שלום", at(23, 14))
    screen.reader.receive(thread, "hello שלום", at(23, 14, 1))
    screen.show()
    screen.view.open(thread)
    hebrew, mixed = (screen.view._layout(row) for row in range(2))
    assert hebrew.time_at.x() < hebrew.text_at.x()
    assert mixed.time_at.x() > mixed.text_at.x()


def test_the_theme_changes_under_an_open_conversation(screen: Screen, theme: Theme) -> None:
    filled(screen)
    before = screen.view.row_height(screen.view.visible_rows()[-1])
    theme.set_text_percent(200)
    screen.paint()
    assert screen.view.row_height(screen.view.visible_rows()[-1]) > before
    assert screen.texts()[-1] == "message 299"


WILD = ["ก" + "็" * 10, "Z" + "\u0334\u0321\u031d\u0317\u0301\u0308\u0330\u0343" * 20]


@pytest.mark.parametrize("wild", WILD, ids=["thai", "zalgo"])
def test_heaped_marks_stay_in_their_bubble(screen: Screen, at: At, wild: str) -> None:
    thread = screen.reader.thread()
    for minute, text in enumerate(("above", "plain", "below")):
        screen.reader.receive(thread, text, at(23, 14, minute))
    screen.show()
    screen.view.open(thread)
    screen.paint()
    before = [picture_of(screen, row) for row in (0, 2)]
    plain = screen.view.row_height(1)
    row = screen.reader.stored(thread)[1]
    screen.model.take_change(screen.reader.add(replace(row, text=wild)))
    screen.paint()
    assert [picture_of(screen, row) for row in (0, 2)] == before
    assert plain <= screen.view.row_height(1) <= 6 * plain


def picture_of(screen: Screen, row: int) -> QImage:
    box = screen.view.visualRect(screen.model.index(row))
    return screen.view.viewport().grab().toImage().copy(box)


def test_asking_kandy_is_told_beside_the_message(screen: Screen, at: At) -> None:
    thread = screen.reader.thread()
    said = "Kandy's server has trouble of its own. (HTTP 503)"
    sent = screen.reader.row(
        thread, "there?", at(23, 14), state=State.UNCONFIRMED, client_id="c", reason=said
    )
    screen.reader.add(sent)
    screen.show()
    screen.view.open(thread)
    screen.paint()

    def note() -> Note:
        bubble = screen.model.bubble(0)
        found = note_for(bubble.row, bubble.told)
        assert found is not None
        return found

    assert note().text.startswith(said)
    screen.model.tell(ClientId("c"), asking_words())
    assert note() == Note(asking_words(), "warning", ())
    screen.model.tell(ClientId("c"), "Kandy does not show it yet.")
    assert note().text == "Kandy does not show it yet."
    assert note().actions
    # News about the row take the place of what was told.
    settled = replace(sent, state=State.ACCEPTED, reason="")
    screen.model.take_change(screen.reader.add(settled))
    assert screen.model.bubble(0).told == ""


@pytest.mark.parametrize("refused", SignInRefused.__subclasses__())
def test_a_refused_sign_in_leads_to_the_account(
    screen: Screen, at: At, refused: type[SignInRefused]
) -> None:
    thread = screen.reader.thread()
    why = refused(401).text()
    screen.reader.add(
        screen.reader.row(thread, "hi", at(23, 14), state=State.QUEUED, client_id="c", reason=why)
    )
    screen.show()
    screen.view.open(thread)
    screen.paint()
    asked: list[str] = []
    screen.view.account_asked.connect(asked.append)
    screen.click(0, NoteAction.ACCOUNT)
    assert asked == ["c"]
