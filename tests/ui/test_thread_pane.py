from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.health import Health, Level, Receiving
from sms_desktop.sync.events import NumbersChanged, NumberState
from sms_desktop.ui.delegates.marks import Mark
from sms_desktop.ui.delegates.thread_delegate import ThreadDelegate
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.thread_list_model import ThreadListModel
from sms_desktop.ui.ports import ConversationFilter
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.rail import Rail
from sms_desktop.ui.widgets.thread_list import ThreadPane
from tests.helpers.reader import ACCOUNT, OWN, MemoryReader

At = Callable[..., int]
OTHER = Address("+15202241142")


@pytest.fixture
def pane(reader: MemoryReader, theme: Theme, moments: Moments, at: At, qtbot: QtBot) -> ThreadPane:
    for hour, name in enumerate(("Ann", "Bea", "Cyd")):
        reader.receive(reader.thread(f"+1514555010{hour}", name), f"from {name}", at(23, 10 + hour))
    model = ThreadListModel(reader, moments)
    model.load()
    pane = ThreadPane(model, theme, moments)
    qtbot.addWidget(pane)
    pane.resize(332, 500)
    pane.show()
    return pane


def model_of(pane: ThreadPane) -> ThreadListModel:
    model = pane.list.model()
    assert isinstance(model, ThreadListModel)
    return model


def chip(pane: ThreadPane, start: str) -> QPushButton:
    return next(b for b in pane.chips.findChildren(QPushButton) if b.text().startswith(start))


def test_nothing_is_open_until_a_row_is_clicked(pane: ThreadPane, qtbot: QtBot) -> None:
    told: list[int] = []
    pane.conversation_chosen.connect(told.append)
    assert pane.list.chosen is None
    assert not pane.list.selectedIndexes()
    box = pane.list.visualRect(model_of(pane).index(1))
    qtbot.mouseClick(pane.list.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    assert told == [2]


def test_the_open_conversation_stays_chosen_while_rows_move(
    pane: ThreadPane, reader: MemoryReader, at: At
) -> None:
    told: list[int] = []
    pane.list.choose(1)
    pane.conversation_chosen.connect(told.append)
    model_of(pane).take_change(reader.receive(1, "again", at(23, 14)))
    assert pane.list.currentIndex().row() == 0
    assert pane.list.currentIndex().data() == "Ann"
    model_of(pane).take_change(reader.receive(2, "more", at(23, 14, 1)))
    assert pane.list.currentIndex().data() == "Ann"
    assert told == []


def test_the_open_conversation_is_chosen_again_when_a_filter_shows_it_again(
    pane: ThreadPane,
) -> None:
    told: list[int] = []
    pane.list.choose(1)
    pane.conversation_chosen.connect(told.append)
    pane.set_filter(ConversationFilter(ACCOUNT, OTHER))
    assert not pane.list.currentIndex().isValid()
    assert pane.list.chosen == 1
    pane.set_filter(ConversationFilter())
    assert pane.list.currentIndex().data() == "Ann"
    assert told == []


def test_the_unread_chip_counts_and_filters(
    pane: ThreadPane, reader: MemoryReader, qtbot: QtBot
) -> None:
    assert chip(pane, "Unread").text() == "Unread 3"
    qtbot.mouseClick(chip(pane, "Unread"), Qt.MouseButton.LeftButton)
    model_of(pane).take_change(reader.look(2))
    assert chip(pane, "Unread").text() == "Unread 2"
    assert [model_of(pane).index(i).data() for i in range(pane.list.model().rowCount())] == [
        "Cyd",
        "Ann",
    ]
    pane.set_filter(ConversationFilter(ACCOUNT, Address(OWN)))
    assert model_of(pane).wanted.unread_only
    qtbot.mouseClick(chip(pane, "All"), Qt.MouseButton.LeftButton)
    assert model_of(pane).wanted == ConversationFilter(ACCOUNT, Address(OWN))


def test_arrow_keys_open_the_next_conversation(pane: ThreadPane, qtbot: QtBot) -> None:
    told: list[int] = []
    pane.list.choose(3)
    pane.conversation_chosen.connect(told.append)
    qtbot.keyClick(pane.list, Qt.Key.Key_Down)
    assert told == [2]


def test_the_list_is_painted_with_hostile_names(
    pane: ThreadPane, reader: MemoryReader, at: At
) -> None:
    for number, name in enumerate(("\u202e\u202eevil", "e" + "\u0301" * 300, "\ud83d", "x" * 5000)):
        thread = reader.thread(f"+151455502{number:02}", name)
        model_of(pane).take_change(reader.receive(thread, name * 3, at(23, 13, number)))
    pane.list.viewport().repaint()
    assert model_of(pane).rowCount() == 7


def number(address: str, *, receive: bool = True) -> OwnNumber:
    return OwnNumber(ACCOUNT, Address(address), f"n{address[-2:]}", "#7c5cfc", 0, receive, False)


@pytest.fixture
def rail(reader: MemoryReader, theme: Theme, at: At, qtbot: QtBot) -> Rail:
    reader.receive(reader.thread(), "hi", at(23, 9))
    rail = Rail(reader, theme)
    qtbot.addWidget(rail)
    rail.take_numbers(
        NumbersChanged(
            (
                NumberState(number(OWN), Receiving.ACTIVE),
                NumberState(number(OTHER), Receiving.CANCELLED, "Cancelled by Kandy at 13:58."),
                NumberState(number("+12533751556", receive=False), Receiving.PAUSED),
            )
        )
    )
    rail.resize(68, 500)
    rail.show()
    return rail


THAI = "ก" + "็" * 10
ZALGO = "Z" + "\u0334\u0321\u031d\u0317\u0301\u0308\u0330\u0343" * 8


@pytest.mark.parametrize("wild", [THAI, ZALGO])
def test_heaped_marks_stay_in_their_line_of_the_list(
    reader: MemoryReader, theme: Theme, moments: Moments, at: At, qtbot: QtBot, wild: str
) -> None:
    pictures = []
    upper = reader.thread("+15145550101", "Ann")
    reader.receive(upper, "hello", at(23, 12))
    lower = reader.thread("+15145550102", "Bea")
    for hour, text in enumerate(("plain", f"{wild} {wild} {wild}")):
        reader.receive(lower, text, at(23, 9 + hour))
        reader.look(lower)
        model = ThreadListModel(reader, moments)
        model.load()
        pane = ThreadPane(model, theme, moments)
        qtbot.addWidget(pane)
        pane.resize(332, 500)
        pane.show()
        view = pane.list
        whole = view.viewport().grab().toImage()
        first, second = (view.visualRect(model.index(row)) for row in (0, 1))
        name = QRect(theme.px(72), second.top(), 100, theme.px(28))
        pictures.append((whole.copy(first), whole.copy(name)))
    assert pictures[0] == pictures[1]


@pytest.mark.parametrize(
    ("state", "mark", "words"),
    [
        (State.REFUSED, Mark.BANG, "Refused."),
        (State.NOT_SENT, Mark.BANG, "Not sent."),
        (State.IMPOSSIBLE, Mark.BANG, "Could not be delivered."),
        (State.UNCONFIRMED, Mark.QUESTION, "Not known whether it was sent, being checked."),
        (State.ACCEPTED, None, "Sent."),
    ],
)
def test_a_message_that_failed_leaves_its_mark_in_the_list(
    reader: MemoryReader,
    theme: Theme,
    moments: Moments,
    at: At,
    state: State,
    mark: Mark | None,
    words: str,
) -> None:
    thread = reader.thread()
    reader.add(reader.row(thread, "are you there?", at(23, 9), state=state, client_id="c1"))
    model = ThreadListModel(reader, moments)
    model.load()
    sign = ThreadDelegate(theme, moments)._layout(model.conversation(0), 332).sign
    assert (sign.mark if sign is not None else None) is mark
    assert words in str(model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_the_rail_warns_while_nothing_comes_in(rail: Rail) -> None:
    trouble = "Kandy does not accept this project key and secret."
    told = (NumberState(number(OWN), Receiving.UNKNOWN, trouble),)
    rail.take_numbers(NumbersChanged(told))
    square = rail._squares[(ACCOUNT, Address(OWN))]
    before = rail.grab().toImage()
    rail.show_health(Health(Level.DEAF, trouble))
    assert rail.grab().toImage() != before
    assert "not receiving" in rail.all_button.accessibleName()
    assert trouble in square.accessibleName()
    rail.show_health(Health(Level.LIVE, ""))
    assert rail.grab().toImage() == before


def test_the_rail_tells_each_number_in_words(rail: Rail) -> None:
    assert rail.all_button.accessibleName() == "All numbers, 1 unread message"
    assert [s.accessibleName() for s in rail._squares.values()] == [
        "n77, +1 613 999 8877, 1 unread message",
        "n42, +1 520 224 1142, Cancelled by Kandy at 13:58., 0 unread messages",
        "n56, +1 253 375 1556, paused, 0 unread messages",
    ]


def test_a_square_filters_and_all_shows_everything(rail: Rail, qtbot: QtBot) -> None:
    told: list[ConversationFilter] = []
    rail.filter_chosen.connect(told.append)
    qtbot.mouseClick(rail._squares[(ACCOUNT, OTHER)], Qt.MouseButton.LeftButton)
    rail.all_button.setFocus()
    qtbot.keyClick(rail.all_button, Qt.Key.Key_Space)
    assert told == [ConversationFilter(ACCOUNT, OTHER), ConversationFilter()]


def test_a_number_that_goes_takes_its_filter_with_it(rail: Rail, qtbot: QtBot) -> None:
    qtbot.mouseClick(rail._squares[(ACCOUNT, OTHER)], Qt.MouseButton.LeftButton)
    told: list[ConversationFilter] = []
    rail.filter_chosen.connect(told.append)
    rail.take_numbers(NumbersChanged((NumberState(number(OWN), Receiving.ACTIVE),)))
    assert told == [ConversationFilter()]
    assert rail.all_button.isChecked()
    QApplication.processEvents()
