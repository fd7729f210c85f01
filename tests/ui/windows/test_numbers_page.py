"""Settings › Numbers: order by mouse and keyboard, what each number may be told, look and add."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.number_change import NumberChange
from sms_desktop.domain.setting_up import NumbersRefreshed
from sms_desktop.sync.accounts.typed_number import NoOwnNumber
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.number_card import NumberCard
from sms_desktop.ui.windows.settings.numbers_page import NumbersPage
from tests.helpers.window_parts import (
    ACCOUNT,
    NOON_MS,
    ON_CALL,
    PAUSED,
    SUPPORT,
    Held,
    Notebook,
    number_states,
)

ALT = Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
THREE = (Receiving.ACTIVE, Receiving.ACTIVE, Receiving.PAUSED)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def page(qtbot: QtBot, notebook: Notebook, theme: Theme, held: Held) -> Iterator[NumbersPage]:
    page = NumbersPage(notebook, theme, lambda: NOON_MS, held)
    qtbot.addWidget(page)
    page.resize(760, 640)
    page.show_accounts((ACCOUNT,))
    page.show_numbers(number_states(*THREE))
    with qtbot.waitExposed(page):
        page.show()
    return page


def names(page: NumbersPage) -> list[str]:
    """From above, as they stand on the screen."""
    cards = sorted(page.cards, key=lambda card: card.y())
    return [card.name_label.full_text for card in cards]


def card_of(page: NumbersPage, name: str) -> NumberCard:
    return next(card for card in page.cards if card.name_label.full_text == name)


def drag(card: NumberCard, by: int, *, release: bool = True) -> None:
    """Press on the card, pull it up or down by pixels, and let it go."""
    start = card.mapToGlobal(QPoint(8, card.height() // 2))
    QTest.mousePress(card, LEFT, pos=card.mapFromGlobal(start))
    for part in range(1, 11):
        QTest.mouseMove(card, card.mapFromGlobal(start + QPoint(0, by * part // 10)))
    if release:
        QTest.mouseRelease(card, LEFT, pos=card.mapFromGlobal(start + QPoint(0, by)))


def test_a_card_is_dragged_to_another_place(page: NumbersPage, notebook: Notebook) -> None:
    drag(card_of(page, "Old line"), -400)
    assert names(page) == ["Old line", "Support", "On-call"]
    assert notebook.named("put_in_order") == [([PAUSED.number, SUPPORT.number, ON_CALL.number],)]


def test_a_drag_that_ends_where_it_began_asks_for_nothing(
    page: NumbersPage, notebook: Notebook
) -> None:
    drag(card_of(page, "On-call"), 8)
    assert names(page) == ["Support", "On-call", "Old line"]
    assert notebook.named("put_in_order") == []


def test_escape_takes_a_drag_back(qtbot: QtBot, page: NumbersPage, notebook: Notebook) -> None:
    card = card_of(page, "Support")
    drag(card, 400, release=False)
    assert names(page) == ["On-call", "Old line", "Support"]
    qtbot.keyClick(card, Qt.Key.Key_Escape)
    QTest.mouseRelease(card, LEFT)
    page.column.layout().activate()
    assert names(page) == ["Support", "On-call", "Old line"]
    assert notebook.named("put_in_order") == []


def test_news_do_not_disturb_a_drag(page: NumbersPage, notebook: Notebook) -> None:
    card = card_of(page, "Support")
    drag(card, 400, release=False)
    page.show_numbers(number_states(Receiving.CANCELLED, Receiving.ACTIVE, Receiving.PAUSED))
    assert names(page) == ["On-call", "Old line", "Support"]
    assert card.subscribe_button.isVisible()
    QTest.mouseRelease(card, LEFT)
    assert len(notebook.named("put_in_order")) == 1


def test_alt_and_arrows_move_a_card_that_keeps_the_focus(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook
) -> None:
    card = card_of(page, "Support")
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Down, ALT)
    assert names(page) == ["On-call", "Support", "Old line"]
    assert card.hasFocus()
    assert "2 of 3" in card.accessibleName()
    qtbot.keyClick(card, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(card, Qt.Key.Key_Up, ALT)  # there is nothing above
    assert names(page) == ["Support", "On-call", "Old line"]
    assert len(notebook.named("put_in_order")) == 2


def test_tab_follows_the_order(qtbot: QtBot, page: NumbersPage) -> None:
    first = card_of(page, "Support")
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Down, ALT)
    card_of(page, "On-call").setFocus()
    visited: list[QWidget | None] = []
    for _ in range(3):
        qtbot.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        visited.append(page.window().focusWidget())
    assert visited == [card_of(page, "On-call").edit_button, first, first.edit_button]


def test_what_kandy_and_the_person_prefer_is_on_the_card(page: NumbersPage) -> None:
    mine = replace(ON_CALL, is_default_sender=True)
    hidden = replace(PAUSED, is_hidden=True, notify=False)
    states = [
        NumberState(SUPPORT, Receiving.ACTIVE),
        NumberState(mine, Receiving.ACTIVE),
        NumberState(hidden, Receiving.PAUSED),
    ]
    page.show_numbers(states)
    support, on_call, old_line = page.cards
    assert (support.kandy_tag.isVisible(), support.own_tag.isVisible()) == (True, False)
    assert (on_call.kandy_tag.isVisible(), on_call.own_tag.isVisible()) == (False, True)
    assert old_line.said() == "Paused · hidden from the inbox · no notifications"
    assert support.accessibleName().startswith("Support +1 613 999 8877, Kandy default, Receiving")
    assert "my default sender" in on_call.accessibleName()


def test_when_the_last_message_came_is_told(page: NumbersPage, notebook: Notebook) -> None:
    notebook.numbers.last = {SUPPORT.key: NOON_MS, PAUSED.key: NOON_MS}
    page.look_again()
    assert "last message" in page.cards[0].words.text()
    assert "last message" not in page.cards[1].words.text()


@pytest.mark.parametrize(
    ("box", "wanted"),
    [
        ("notify_box", NumberChange(notify=False)),
        ("hidden_box", NumberChange(hidden=True)),
        ("default_box", NumberChange(default_sender=True)),
    ],
)
def test_each_box_changes_one_thing_and_nothing_else(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook, box: str, wanted: NumberChange
) -> None:
    sheet = page.edit(SUPPORT)
    field: Any = getattr(sheet, box)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Space)
    qtbot.mouseClick(sheet.save_button, LEFT)
    assert notebook.named("change_number") == [(SUPPORT.key, wanted)]


def test_a_signature_may_have_lines_and_says_what_it_costs(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook
) -> None:
    sheet = page.edit(SUPPORT)
    field = sheet.signature_field
    qtbot.keyClicks(field.edit, "Tom")
    qtbot.keyClick(field.edit, Qt.Key.Key_Return)
    qtbot.keyClicks(field.edit, "Support ")
    assert "11 characters" in field.hint.text()
    field.edit.insertPlainText("–")
    assert "“–” needs Unicode" in field.hint.text()
    qtbot.keyClick(field.edit, Qt.Key.Key_Backspace)
    qtbot.mouseClick(sheet.save_button, LEFT)
    wanted = NumberChange(signature="Tom\nSupport")
    assert notebook.named("change_number") == [(SUPPORT.key, wanted)]


def test_a_signature_that_is_too_long_is_refused_beside_its_field(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook
) -> None:
    sheet = page.edit(SUPPORT)
    sheet.signature_field.edit.setPlainText("x" * 161)
    qtbot.mouseClick(sheet.save_button, LEFT)
    assert sheet.isVisible()
    assert "at most 160 characters" in sheet.signature_field.hint.text()
    assert notebook.named("change_number") == []


def test_the_menu_of_a_card_makes_it_the_default_sender(
    page: NumbersPage, notebook: Notebook
) -> None:
    menu = page.cards[1].menu()
    action = next(a for a in menu.actions() if a.text() == "Make it my default sender")
    action.trigger()
    wanted = NumberChange(default_sender=True)
    assert notebook.named("change_number") == [(ON_CALL.key, wanted)]


def test_only_a_number_added_by_hand_can_be_taken_off(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook
) -> None:
    assert page.edit(SUPPORT).take_off_button.isHidden()
    sheet = page.edit(replace(SUPPORT, is_by_hand=True))
    qtbot.mouseClick(sheet.take_off_button, LEFT)
    assert notebook.named("take_off") == [(SUPPORT.key,)]


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (NumbersRefreshed(0), "No account is signed in."),
        (NumbersRefreshed(1), "Nothing has changed"),
        (NumbersRefreshed(1, (Address("+16135550144"),)), "New: +1 613 555 0144."),
        (NumbersRefreshed(1, gone=1), "1 number is no longer assigned to you."),
        (
            NumbersRefreshed(1, others=(Address("+16135550144"),)),
            "Add it by hand if it is yours.",
        ),
        (NumbersRefreshed(1, trouble="Kandy does not answer."), "Kandy does not answer."),
    ],
)
def test_refreshing_says_what_came_of_it(
    qtbot: QtBot,
    page: NumbersPage,
    notebook: Notebook,
    held: Held,
    found: NumbersRefreshed,
    sentence: str,
) -> None:
    notebook.numbers.found = found
    qtbot.mouseClick(page.refresh_button, LEFT)
    held.run()
    assert sentence in page.outcome_label.text()
    assert page.refresh_button.isEnabled()


def test_a_number_is_added_by_hand_or_the_reason_said(
    qtbot: QtBot, page: NumbersPage, notebook: Notebook, held: Held
) -> None:
    sheet = page.ask_for_number()
    assert sheet.account_box.isHidden()
    qtbot.keyClicks(sheet.field.edit, "12")
    notebook.refusal = NoOwnNumber("This is too short for a phone number.")
    qtbot.keyClick(sheet.field.edit, Qt.Key.Key_Return)
    held.run()
    assert sheet.field.complaint == "This is too short for a phone number."
    notebook.refusal = None
    qtbot.keyClicks(sheet.field.edit, "345")
    qtbot.mouseClick(sheet.add_button, LEFT)
    held.run()
    assert notebook.named("add_number")[-1] == (ACCOUNT.account_id, "12345")
    assert not sheet.isVisible()
