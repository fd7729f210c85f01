from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import Address
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports import Person, PhoneMessage
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.phone import PhoneWindow
from tests.helpers.window_parts import MARIA, NOON_MS, SUPPORT

JONAS = Address("+15205550188")


class Line:
    """Phones in a dict; ``wait_for_change`` ends the following."""

    def __init__(self) -> None:
        self.texts: dict[Address, list[PhoneMessage]] = {MARIA: [], JONAS: []}
        self.elsewhere: list[tuple[Address, Address, str]] = []
        self.is_broken = False
        self.mischief: list[str] = []

    async def set_network(self, *, up: bool) -> None:
        self.mischief.append("up" if up else "down")

    async def cancel_subscription(self, own: Address) -> None:
        self.mischief.append(f"cancel {own}")

    async def lose_next_answer(self) -> None:
        self.mischief.append("lose")

    async def burst(self, own: Address) -> None:
        self.mischief.append(f"burst {own}")

    async def people(self) -> Sequence[Person]:
        if self.is_broken:
            raise SmsDesktopError("The demo's phone does not answer.")
        return [Person(MARIA, "Maria Rossi"), Person(JONAS, "")]

    async def own_numbers(self) -> Sequence[Address]:
        return [SUPPORT.number]

    async def messages(self, person: Address, own: Address) -> Sequence[PhoneMessage]:
        return list(self.texts[person])

    async def write(self, person: Address, own: Address, text: str) -> None:
        self.texts[person].append(PhoneMessage(text, True, NOON_MS))

    async def send_from_another_device(self, person: Address, own: Address, text: str) -> None:
        self.elsewhere.append((person, own, text))

    async def wait_for_change(self) -> None:
        class _Never:
            def __await__(self):  # type: ignore[no-untyped-def]
                yield

        await _Never()


class Tasks:
    """Runs each task as far as it goes; the following can be woken."""

    def __init__(self) -> None:
        self.following = []

    def __call__(self, work, _name):  # type: ignore[no-untyped-def]
        try:
            work.send(None)
        except StopIteration:
            return
        self.following.append(work)

    def wake(self) -> None:
        for work in self.following:
            work.send(None)

    def close(self) -> None:
        for work in self.following:
            work.close()


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def tasks():  # type: ignore[no-untyped-def]
    tasks = Tasks()
    yield tasks
    tasks.close()


@pytest.fixture
def phone(qtbot: QtBot, theme: Theme, line: Line, tasks: Tasks) -> PhoneWindow:
    phone = PhoneWindow(line, theme, tasks, now_ms=lambda: NOON_MS)
    qtbot.addWidget(phone)
    with qtbot.waitExposed(phone):
        phone.show()
    return phone


def test_a_person_texts_and_sees_it(
    qtbot: QtBot, phone: PhoneWindow, line: Line, tasks: Tasks
) -> None:
    assert phone.person_box.currentText() == "Maria Rossi"
    qtbot.keyClicks(phone.field, "are you open?")
    qtbot.keyClick(phone.field, Qt.Key.Key_Return)
    assert [m.text for m in line.texts[MARIA]] == ["are you open?"]
    tasks.wake()
    assert [bubble.text() for bubble in phone.thread_view.bubbles] == ["are you open?"]


def test_another_person_has_another_phone(phone: PhoneWindow, line: Line) -> None:
    line.texts[JONAS].append(PhoneMessage("call me", True, NOON_MS))
    phone.person_box.setCurrentIndex(1)
    assert phone.person_box.currentText() == "+1 520 555 0188"
    assert [bubble.text() for bubble in phone.thread_view.bubbles] == ["call me"]


def test_the_owner_writes_from_elsewhere(qtbot: QtBot, phone: PhoneWindow, line: Line) -> None:
    qtbot.keyClicks(phone.other_field, "on my way")
    qtbot.mouseClick(phone.other_button, Qt.MouseButton.LeftButton)
    assert line.elsewhere == [(MARIA, SUPPORT.number, "on my way")]
    assert phone.other_field.text() == ""


def test_a_silent_simulator_is_told_and_can_be_tried_again(
    qtbot: QtBot, theme: Theme, line: Line, tasks: Tasks
) -> None:
    line.is_broken = True
    phone = PhoneWindow(line, theme, tasks, now_ms=lambda: NOON_MS)
    qtbot.addWidget(phone)
    phone.show()
    assert phone.trouble.text() == "The demo's phone does not answer."
    line.is_broken = False
    qtbot.mouseClick(phone.again_button, Qt.MouseButton.LeftButton)
    assert not phone.trouble.isVisible()
    assert phone.person_box.count() == 2


def test_the_buttons_make_the_trouble_they_name(
    qtbot: QtBot, phone: PhoneWindow, line: Line
) -> None:
    bar = phone.mischief
    for button in (
        bar.network_button,
        bar.network_button,
        bar.lose_button,
        bar.cancel_button,
        bar.burst_button,
    ):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    own = SUPPORT.number
    assert line.mischief == ["down", "up", "lose", f"cancel {own}", f"burst {own}"]
    assert bar.network_button.text() == "Network down"


def test_at_its_smallest_it_shows_a_number_whole(
    qtbot: QtBot, phone: PhoneWindow, tasks: Tasks
) -> None:
    phone.resize(1, 1)
    assert phone.size() == phone.minimumSize()
    qtbot.waitUntil(lambda: phone.own_box.x() + phone.own_box.width() <= phone.width())
    option = QStyleOptionComboBox()
    phone.own_box.initStyleOption(option)
    edit = QStyle.SubControl.SC_ComboBoxEditField
    style, kind = phone.own_box.style(), QStyle.ComplexControl.CC_ComboBox
    room = style.subControlRect(kind, option, edit, phone.own_box).width()
    assert room >= phone.own_box.fontMetrics().horizontalAdvance("+1 613 999 8877")
