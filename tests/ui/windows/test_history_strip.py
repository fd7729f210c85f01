"""What is said while earlier messages come in, and which of them were asked for."""

from typing import Any, cast

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from sms_desktop.domain.ids import AccountId
from sms_desktop.sync.events import HistoryImported
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.windows.history_strip import HistoryStrip
from sms_desktop.ui.windows.signing_in.earlier_messages import Earlier, EarlierMessages
from tests.helpers.window_parts import Notebook, run_now


def test_progress_is_told_until_it_is_over_and_can_be_stopped(qtbot: QtBot) -> None:
    bridge, commands = Bridge(), Notebook(cast(Any, None), cast(Any, None))
    bridge.open()
    strip = HistoryStrip(bridge, commands, run_now)
    qtbot.addWidget(strip)
    bridge.publish(HistoryImported(AccountId(7), 12, 40, 1203, is_over=False))
    assert not strip.isHidden()
    assert "12 of 40 conversations" in strip.label.text()
    assert (strip.bar.value(), strip.bar.maximum()) == (12, 40)
    strip.stop_button.click()
    assert commands.asked == [("cancel_import", AccountId(7))]
    assert not strip.stop_button.isEnabled()
    bridge.publish(HistoryImported(AccountId(7), 12, 40, 1203, is_over=True))
    assert strip.isHidden()


@pytest.mark.parametrize(
    ("answer", "days"), [(Earlier.EVERYTHING, None), (Earlier.DAYS, -30), (Earlier.NOTHING, 1)]
)
def test_the_answers_are_days(qtbot: QtBot, answer: Earlier, days: int | None) -> None:
    asked = EarlierMessages()
    qtbot.addWidget(asked)
    asked.chips[answer].click()
    assert asked.date.isHidden()
    today = QDate.currentDate()
    wanted = None if days is None else today.addDays(days).startOfDay().toMSecsSinceEpoch()
    assert asked.since_ms == wanted


def test_a_day_can_be_named(qtbot: QtBot) -> None:
    asked = EarlierMessages()
    qtbot.addWidget(asked)
    asked.chips[Earlier.SINCE].click()
    assert not asked.date.isHidden()
    asked.date.setDate(QDate(2024, 3, 1))
    assert asked.since_ms == QDate(2024, 3, 1).startOfDay().toMSecsSinceEpoch()
