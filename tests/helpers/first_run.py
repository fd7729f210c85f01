"""The first run in the whole program: its window, and what a person does in it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.address import Address
from sms_desktop.ui.windows.first_run.number_row import NumberRow
from sms_desktop.ui.windows.first_run.progress_rows import Progress
from sms_desktop.ui.windows.first_run.window import FirstRunWindow
from tests.helpers.simulator import SimulatorProcess
from tests.helpers.whole_program import WholeProgram

CTRL = Qt.KeyboardModifier.ControlModifier


class FirstRun:
    """A person at the first run; ``wizard`` is the window."""

    def __init__(self, program: WholeProgram) -> None:
        self.program = program
        program.open(first_run=True)
        program.until("the first run opens", lambda: program.window.sheets.first_run is not None)
        self.wizard = self._window()

    def _window(self) -> FirstRunWindow:
        wizard = self.program.window.sheets.first_run
        assert wizard is not None
        self.program.until("it is in front", wizard.isActiveWindow)
        return wizard

    def open_again(self) -> None:
        """By the button of the empty state."""
        self.program.click(self.program.window.conversation_pane.empty.button)
        self.wizard = self._window()

    # Hands.

    def write(self, field: QWidget, text: str) -> None:
        """Put a text in the place of what stands in a field."""
        self.program.click(field)
        self.program.press(Qt.Key.Key_A, CTRL)
        self.program.press(Qt.Key.Key_Delete)
        self.program.type(text)

    def sign_in_as_project(self, base_url: str, client_id: str, secret: str) -> None:
        """Fill the first step in."""
        fields = self.wizard.sign_in.fields
        self.write(fields.base_url.edit, base_url)
        self.write(fields.client_id.edit, client_id)
        self.write(fields.secret.edit, secret)

    def next(self) -> None:
        """Click the main button, and wait until Kandy was asked."""
        self.program.click(self.wizard.next_button)
        self.rest()

    def rest(self) -> None:
        """Wait until nothing is under way."""
        self.program.until("nothing is under way", lambda: not self.wizard.is_busy)
        self.program.settle()

    def to_numbers(self, simulator: SimulatorProcess) -> None:
        """Through the first step."""
        self.sign_in_as_project(simulator.base_url, simulator.client_id, simulator.client_secret)
        self.next()
        assert self.wizard.at == 1, self.said()

    def to_receiving(self, simulator: SimulatorProcess) -> None:
        """Through the first two steps."""
        self.to_numbers(simulator)
        self.next()
        assert self.wizard.at == 2, self.said()

    # Eyes.

    def row(self, number: str) -> NumberRow:
        """The row of a number."""
        return self.wizard.numbers.rows[Address(number)]

    def progress(self) -> list[Progress]:
        """How far each stage of the last step is."""
        return [row.progress for row in self.wizard.receiving.progress.rows]

    def said(self) -> str:
        """Every word of the window."""
        return self.program.words_in(self.wizard)

    def warned(self) -> str:
        """The sentence above the buttons; empty without one."""
        banner = self.wizard.banner
        return banner.sentence.text() if banner.isVisible() else ""


@pytest.fixture
def first_run(program: WholeProgram) -> Iterator[FirstRun]:
    """The program on a new profile, with the first run in front."""
    made = FirstRun(program)
    yield made
    del made.wizard  # nothing of Qt's may outlive the end of the program
