"""Parts of texts that can be clicked: links, addresses, phone numbers, one-time codes; and big emoji."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from sms_desktop.ui.delegates.links import LinkKind, links_in
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.new_message import NewMessageSheet
from tests.helpers.reader import MemoryReader
from tests.helpers.screen import Screen
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

At = Callable[..., int]
BERLIN = "+4930901820"


@pytest.fixture
def screen(reader: MemoryReader, theme: Theme, moments: Moments, qtbot: QtBot) -> Screen:
    return Screen(reader, theme, moments, qtbot)


def show(screen: Screen, at: At, *texts: str) -> None:
    thread = screen.reader.thread("+16135550123")
    for minute, text in enumerate(texts):
        screen.reader.receive(thread, text, at(23, 14, minute))
    screen.reader.look(thread)
    screen.show()
    screen.view.open(thread)
    screen.paint()


def kinds(text: str, remote: str = "+16135550123") -> list[tuple[str, LinkKind]]:
    return [(link.target, link.kind) for link in links_in(text, remote)]


def test_numbers_are_read_as_in_the_country_of_the_other_end() -> None:
    assert kinds("call 613 555 0199") == [("+16135550199", LinkKind.PHONE)]
    assert kinds("ruf 030 901820 an", BERLIN) == [(BERLIN, LinkKind.PHONE)]
    assert kinds("ruf 030 901820 an") == []
    assert kinds("ruf +49 30 901820 an") == [(BERLIN, LinkKind.PHONE)]


@pytest.mark.parametrize(
    "text",
    [
        "on 23.11.2026 at 14:30",
        "2026-11-23 14:30",
        "10.20.30.40",
        "order 12345678",
        "1 2 3 4 5 6 7",
    ],
)
def test_dates_and_orders_are_no_numbers(text: str) -> None:
    assert kinds(text) == []
    assert kinds(text, BERLIN) == []


def test_no_part_overlaps_another() -> None:
    text = "👋 code 418220 or https://x.example/6135550199?tel=613-555-0199, me@x.org"
    found = links_in(text)
    assert [link.kind for link in found] == [LinkKind.CODE, LinkKind.WEB, LinkKind.MAIL]
    assert all(a.end <= b.start for a, b in pairwise(found))
    # Counted as Qt counts: the hand is two.
    assert found[0].start == len("👋 code ") + 1


def test_a_click_on_a_code_copies_it_and_says_so(screen: Screen, at: At) -> None:
    show(screen, at, "Your code is 418 220. It expires in 10 minutes.")
    screen.click(0, "418220")
    assert QGuiApplication.clipboard().text() == "418220"
    assert QToolTip.text() == "Copied 418220"
    QToolTip.hideText()


def test_a_click_on_a_number_offers_to_write_to_it(screen: Screen, at: At) -> None:
    show(screen, at, "ask (613) 555-0199")
    asked: list[str] = []
    screen.view.write_asked.connect(asked.append)
    screen.click(0, "+16135550199")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [a.text() for a in menu.actions()] == [
        "Message +1 613 555 0199",
        "Copy +1 613 555 0199",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert asked == ["+16135550199"]


def test_by_keyboard_the_menu_offers_every_part(screen: Screen, at: At) -> None:
    show(screen, at, "code 4182, https://a.example/?b&c, me@a.org, 613 555 0199")
    menu = screen.view.menu_for(screen.model.index(0))
    offered = [a.text() for a in menu.actions()][:8]
    assert offered == [
        "Copy code 4182",
        "Open https://a.example/?b&&c",
        "Copy link",
        "Write to me@a.org",
        "Copy me@a.org",
        "Message +1 613 555 0199",
        "Copy +1 613 555 0199",
        "",
    ]
    menu.actions()[1].trigger()
    menu.actions()[3].trigger()
    assert screen.opened == ["https://a.example/?b&c", "mailto:me@a.org"]


def test_a_few_emoji_are_big_and_stand_without_a_bubble(screen: Screen, at: At) -> None:
    show(screen, at, "👋", "hi 👋", "👋👋👋👋")
    big, mixed, many = (screen.view._layout(row) for row in range(3))
    assert big.is_bare
    assert big.text.height > 1.5 * mixed.text.height
    assert not mixed.is_bare
    assert not many.is_bare


def test_a_very_long_text_is_cut_and_shown_in_full_when_asked(screen: Screen, at: At) -> None:
    long = "word " * 2_000
    show(screen, at, "first", long)
    before = screen.view.row_height(1)
    assert before <= 600
    screen.click(1, NoteAction.SHOW_ALL)
    screen.paint()
    assert screen.view.row_height(1) > 4 * before
    with pytest.raises(AssertionError):
        screen.point_of(1, NoteAction.SHOW_ALL)


def test_the_menu_too_shows_a_long_text_in_full_and_copying_gives_all_of_it(
    screen: Screen, at: At
) -> None:
    long = "word " * 2_000
    show(screen, at, long)
    menu = screen.view.menu_for(screen.model.index(0))
    words = {a.text().split("\t")[0]: a for a in menu.actions()}
    words["Copy text"].trigger()
    screen.view.setCurrentIndex(screen.model.index(0))
    screen.view.copy_chosen()
    assert QGuiApplication.clipboard().text() == long
    words["Show all of it"].trigger()
    assert screen.model.bubble(0).is_whole


def test_a_hit_in_the_hidden_part_is_shown(screen: Screen, at: At) -> None:
    show(screen, at, "word " * 2_000 + "needle")
    before = screen.view.row_height(0)
    screen.view.mark_words(("needle",))
    screen.view.go_to(screen.model.bubble(0).row.key)
    screen.paint()
    assert screen.view.row_height(0) > 4 * before


def test_nothing_that_a_text_leaves_open_reaches_the_words_below_it(screen: Screen, at: At) -> None:
    show(screen, at, "\u202e" + "evil " * 400)
    more = screen.view._layout(0).more
    assert more is not None
    assert more.between(0, 10) == "… Show all"


def test_a_number_in_a_text_can_be_written_to(
    program: WholeProgram, simulator: SimulatorProcess
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as("+16131234567", simulator.default_number, "ask +1 520 555 0188")
    program.until("it has arrived", lambda: program.is_listed("+16131234567"))
    program.click_thread("+16131234567")
    program.until("it is shown", lambda: program.texts_in_view())
    menu = program.timeline.menu_for(program.timeline.model().index(0, 0))
    write = next(a for a in menu.actions() if a.text() == "Message +1 520 555 0188")
    write.trigger()
    sheet = window.findChild(NewMessageSheet)
    assert sheet is not None
    assert sheet.to_field.text() == "+15205550188"
    sheet.reject()
