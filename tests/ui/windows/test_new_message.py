"""The sheet for a new message: nothing is cut off, whatever the size of texts."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import DEFAULT_SENDER, Address
from sms_desktop.domain.conversation import Correspondent
from sms_desktop.ui.models.people import People
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.sender_pill import kandys_default
from sms_desktop.ui.windows.new_message import NewMessageSheet
from sms_desktop.ui.windows.window_placement import room_for
from tests.helpers.window_parts import MARIA, ON_CALL, SUPPORT

# Nobody is known: no list of people gives way where the words need room.
PEOPLE = People([])
STRANGE = "+1 613 123 4599"


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme) -> Iterator[NewMessageSheet]:
    senders = [SUPPORT, ON_CALL, kandys_default(SUPPORT.account_id)]
    under = QWidget()
    qtbot.addWidget(under)
    last = {Address(MARIA): ON_CALL.key}
    made = NewMessageSheet(theme, senders, PEOPLE, ["CA"], None, last.get, under)
    made.open()
    yield made
    under.close()


def shows_whole(label: QLabel) -> bool:
    return label.height() >= label.heightForWidth(label.width())


@pytest.mark.parametrize("percent", [85, 100, 150, 200])
def test_the_words_on_a_number_are_never_cut_off(
    qapp: QApplication, theme: Theme, sheet: NewMessageSheet, percent: int
) -> None:
    theme.set_text_percent(percent)
    for typed in ("", "x", "+1 613", STRANGE, f"{STRANGE}, 01511 2345678"):
        sheet.to_field.setText(typed)
        qapp.processEvents()
        label = sheet.recipients.verdict_label
        assert shows_whole(label), (label.text(), label.size())
    sheet.to_field.clear()
    sheet.recipients.add_several([STRANGE, MARIA, "73737", "+44 7911 123456"])
    qapp.processEvents()
    assert shows_whole(sheet.recipients.verdict_label)
    assert sheet.message_field.isVisible()
    for part in (sheet.message_field, sheet.start_button):
        assert sheet.rect().contains(part.geometry())


def test_kandy_may_choose_the_sender(sheet: NewMessageSheet) -> None:
    sheet.sender_box.setCurrentIndex(2)
    chosen: list[Address] = []
    sheet.started.connect(lambda own, _to, _body: chosen.append(own.number))
    sheet.to_field.setText("(613) 723-4567")
    sheet.start_button.click()
    assert chosen == [DEFAULT_SENDER]


def test_what_cannot_be_texted_keeps_the_sheet_open(sheet: NewMessageSheet) -> None:
    sheet.fill(["6137234567", "nonsense", "613 723 4567"], "hi")
    assert sheet.recipients.addresses == ["+16137234567"]
    assert sheet.to_field.text() == "nonsense"
    assert not sheet.start_button.isEnabled()
    sheet.accept()
    assert sheet.isVisible()


def test_the_signature_of_the_sender_is_under_every_one_of_them(sheet: NewMessageSheet) -> None:
    sheet.sender_box.setItemData(0, replace(SUPPORT, signature="The workshop"))
    sheet.sender_box.setCurrentIndex(1)
    sheet.sender_box.setCurrentIndex(0)
    assert not sheet.signature.isVisible()
    sheet.fill([MARIA, "73737"], "Closed on Friday")
    assert sheet.signature.isVisible()
    texts: list[str] = []
    sheet.several_started.connect(lambda _own, _to, text: texts.append(text))
    sheet.start_button.click()
    assert texts == ["Closed on Friday\nThe workshop"]


def test_a_chosen_sender_stays_whoever_is_texted(sheet: NewMessageSheet, qtbot: QtBot) -> None:
    sheet.to_field.setText(MARIA)
    assert sheet.chosen_sender() == ON_CALL
    sheet.to_field.setText(STRANGE)
    assert sheet.chosen_sender() == SUPPORT
    qtbot.keyClick(sheet.sender_box, Qt.Key.Key_End)
    sheet.to_field.setText(MARIA)
    chosen = sheet.chosen_sender()
    assert chosen is not None
    assert chosen.number == DEFAULT_SENDER


@pytest.mark.parametrize("percent", [100, 200])
def test_many_people_make_it_no_higher_than_the_screen(
    qapp: QApplication, qtbot: QtBot, theme: Theme, percent: int
) -> None:
    under = QWidget()
    qtbot.addWidget(under)
    theme.set_text_percent(percent)
    people = People(
        [Correspondent(Address(f"+1613555{n:04}"), f"Person {n}", n) for n in range(40)]
    )
    sheet = NewMessageSheet(theme, [SUPPORT], people, ["CA"], parent=under)
    sheet.open()
    sheet.recipients.add_several([STRANGE, MARIA])
    sheet.resize(sheet.width(), 4000)
    sheet.message_field.setPlainText("Closed on Friday")
    qapp.processEvents()
    assert sheet.height() <= room_for(sheet).height()
    assert sheet.rect().contains(sheet.start_button.geometry())
    under.close()
