"""No window is larger than its screen, and the demo's phone stands where it covers nothing."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.ui.windows.window_placement import (
    Places,
    bound,
    keep_on_screen,
    places_for,
    put_over,
)

MAIN, MAIN_LEAST = QSize(1200, 800), QSize(460, 400)
PHONE, PHONE_LEAST = QSize(372, 800), QSize(223, 286)
FOOT = 120


def places(width: int, height: int) -> Places:
    room = QRect(0, 30, width, height)
    return places_for(room, MAIN, MAIN_LEAST, PHONE, PHONE_LEAST, FOOT, 4)


LOW = (600, 410)
SCREENS = [(2560, 1400), (1920, 1040), (1600, 860), (1366, 720), (1024, 700), (696, 410), LOW]


@pytest.mark.parametrize("size", SCREENS)
def test_both_windows_stay_on_the_screen(size: tuple[int, int]) -> None:
    room = QRect(0, 30, *size)
    found = places(*size)
    assert room.contains(found.main)
    assert room.contains(found.beside)
    assert found.main.width() >= MAIN_LEAST.width()


@pytest.mark.parametrize("size", SCREENS[:-1])
def test_where_there_is_room_for_both_neither_covers_the_other(size: tuple[int, int]) -> None:
    found = places(*size)
    assert not found.main.intersects(found.beside)


def test_a_large_screen_leaves_both_as_large_as_they_are() -> None:
    found = places(1920, 1040)
    assert (found.main.size(), found.beside.size()) == (MAIN, PHONE)


def test_where_it_must_cover_something_it_leaves_list_and_sending_free() -> None:
    found = places(600, 410)
    foot = QRect(found.main.left(), found.main.bottom() - FOOT + 1, found.main.width(), FOOT)
    left_half = QRect(found.main.topLeft(), QSize(found.main.width() // 2, found.main.height()))
    assert not found.beside.intersects(foot)
    assert not found.beside.intersects(left_half)
    assert found.beside.right() == QRect(0, 30, 600, 410).right()


def test_a_window_is_made_to_fit_with_what_it_wanted_at_least(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(3000, 2000)
    bound(window)
    screen = window.screen().availableGeometry()
    assert window.width() <= screen.width()
    assert window.height() <= screen.height()


def test_a_window_of_a_monitor_that_is_gone_comes_back(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 300)
    window.move(QPoint(5000, -900))
    keep_on_screen(window)
    assert window.screen().availableGeometry().contains(QRect(window.pos(), window.size()))


def test_a_sheet_over_a_window_at_the_edge_is_whole(qtbot: QtBot) -> None:
    parent, sheet = QWidget(), QWidget()
    qtbot.addWidget(parent)
    qtbot.addWidget(sheet)
    parent.setGeometry(700, 700, 80, 80)
    sheet.resize(500, 5000)
    put_over(parent, sheet)
    assert sheet.screen().availableGeometry().contains(QRect(sheet.pos(), sheet.size()))
