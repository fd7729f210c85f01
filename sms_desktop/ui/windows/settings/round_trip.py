"""A test message that goes all the way round, and one line that says how far it came."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.health import Receiving
from sms_desktop.domain.setting_up import RoundStage
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.ports import AccountCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.stylesheet import restyle

_REACHED: Final = {
    RoundStage.WAY_OPEN: "The way in is open; looking at the subscription…",
    RoundStage.SUBSCRIBED: "The number is subscribed; sending the test…",
    RoundStage.ACCEPTED: "Kandy has the message; waiting up to 30 seconds until it comes back…",
    RoundStage.CAME_BACK: "It came back.",
}


class RoundTrip(QWidget):
    """``button`` is laid out by the page; the line beneath is this widget."""

    def __init__(self, commands: AccountCommands, spawn: Spawn, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self._spawn = spawn
        self._numbers: tuple[NumberState, ...] = ()
        self._is_under_way = False
        self.button = QPushButton("Send myself a test message", parent)
        self.button.setProperty("kind", "primary")
        self.button.clicked.connect(lambda: self._spawn(self._run(), "test message"))
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.outcome)
        self.hide()
        self.show_numbers(())

    def show_numbers(self, numbers: Sequence[NumberState]) -> None:
        """These are the own numbers; the test goes between those that shall receive."""
        self._numbers = tuple(n for n in numbers if n.receiving is not Receiving.PAUSED)
        self._enable()

    def _enable(self) -> None:
        self.button.setEnabled(bool(self._numbers) and not self._is_under_way)
        why = "" if self._numbers else "No number shall receive"
        self.button.setToolTip(why or "Sent by Kandy from one of your numbers to another")

    async def _run(self) -> None:
        remote = self._numbers[0].number
        others = [n.number for n in self._numbers if n.number.account_id == remote.account_id]
        self._is_under_way = True
        self._enable()
        self._say("Looking at the way in…", "muted")
        try:
            took_ms = await self._commands.test_message(
                remote.account_id,
                others[-1].number,
                remote.number,
                lambda stage: self._say(_REACHED[stage], "muted"),
            )
        except SmsDesktopError as error:
            self._say(error.text(), "danger")
        else:
            self._say(f"The test message came back after {took_ms / 1000:.1f} s.", "success")
        finally:
            self._is_under_way = False
            self._enable()

    def _say(self, sentence: str, role: str) -> None:
        self.outcome.setText(sentence)
        restyle(self.outcome, role=role)
        self.show()
