"""What the sheet with a message's details tells."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import Address
from sms_desktop.domain.delivery import State
from sms_desktop.domain.message_facts import MessageFacts
from sms_desktop.ui.models.message_details import details_of
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.message_details import MessageDetailsSheet
from tests.helpers.reader import OWN, MemoryReader
from tests.helpers.simulator import SimulatorProcess, simulator
from tests.helpers.whole_program import WholeProgram, program

__all__ = ["program", "simulator"]

MARIA = Address("+16135550123")
AT_MS = 1_795_442_700_000


@pytest.fixture
def moments() -> Moments:
    return Moments(lambda: AT_MS, QLocale("en_GB"))


def told(facts: MessageFacts, moments: Moments) -> dict[str, str]:
    return dict(details_of(facts, "Maria Rossi", moments))


def facts(text: str, state: State, **more: object) -> MessageFacts:
    reader = MemoryReader()
    row = reader.row(reader.thread(), text, AT_MS, state=state, client_id="c1")
    row = replace(row, message_id=None if state in (State.QUEUED, State.REFUSED) else "SM-1")
    return replace(MessageFacts(row, Address(OWN), MARIA, True), **more)


def test_a_delivered_message_tells_who_when_and_how_large(moments: Moments) -> None:
    found = told(facts("x" * 200, State.DELIVERED, asked_at_ms=AT_MS - 2000), moments)
    assert found["To"] == "Maria Rossi (+1 613 555 0123)"
    assert found["From"] == "+1 613 999 8877"
    assert found["State"].startswith("Delivered")
    assert found["Came from"] == "this computer"
    assert found["Size"] == "2 segments · 200 / 306"
    assert found["Encoding"] == "GSM-7"
    assert found["Kandy’s id"] == "SM-1"
    assert found["Id on this computer"] == "c1"
    assert found["Kandy’s time"] == moments.exact(AT_MS)
    assert found["Written"] == moments.exact(AT_MS - 2000)
    assert "Reason" not in found


def test_what_forces_unicode_is_named_so_that_it_can_be_seen(moments: Moments) -> None:
    found = told(facts("a–b\u200b\u0301", State.ACCEPTED), moments)
    assert found["Encoding"] == "Unicode, because of – (U+2013) U+200B U+0301"
    assert found["Size"] == "1 segment · 5 / 70"


def test_a_waiting_message_tells_its_attempts(moments: Moments) -> None:
    waiting = facts("hi", State.QUEUED, attempts=3, next_attempt_at_ms=AT_MS + 9000)
    found = told(replace(waiting, at_is_kandys=False), moments)
    assert found["Attempts"] == "3"
    assert found["Next attempt"] == moments.exact(AT_MS + 9000)
    assert "Kandy’s id" not in found
    assert "Kandy’s time" not in found


def test_every_line_can_be_read_aloud_and_all_of_them_copied(
    moments: Moments, theme: Theme, qtbot: QtBot
) -> None:
    details = details_of(facts("<b>hi</b>", State.REFUSED), "Maria Rossi", moments)
    sheet = MessageDetailsSheet(details, theme)
    qtbot.addWidget(sheet)
    sheet.open()
    assert sheet.focusWidget() is sheet.close_button
    spoken = {label.accessibleName() for label in sheet.findChildren(QLabel)}
    assert {f"{one.name}: {one.value}" for one in details} <= spoken
    qtbot.mouseClick(sheet.copy_button, Qt.MouseButton.LeftButton)
    assert "State: Refused\n" in QGuiApplication.clipboard().text()


def test_alt_enter_tells_of_the_message_that_one_is_at(
    program: WholeProgram, simulator: SimulatorProcess, at: Callable[..., int]
) -> None:
    window = program.open_signed_in(simulator)
    simulator.write_as("+16131234567", simulator.default_number, "hello")
    program.until("it has arrived", lambda: program.is_listed("+16131234567"))
    program.click_thread("+16131234567")
    program.write("hello back")
    program.until("it was sent", lambda: program.mark("hello back") is not None)
    program.settle()
    for text, words in (("hello back", "From: +1"), ("hello", "State: Received")):
        program.timeline.setFocus()
        row = program._row_number(text)
        program.timeline.setCurrentIndex(program.timeline.model().index(row, 0))
        program.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
        sheet = window.findChild(MessageDetailsSheet)
        assert sheet is not None
        program.until("the sheet is there", sheet.isVisible)
        spoken = [label.accessibleName() for label in sheet.findChildren(QLabel)]
        assert any(one.startswith(words) for one in spoken)
        assert any(one.startswith("Kandy’s id: ") for one in spoken)
        sheet.accept()
        program.settle()
        del sheet
