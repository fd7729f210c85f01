"""The first run: leads through the steps, and lets go whenever one wants."""

import sys
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QProcess, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.domain.setting_up import Part
from sms_desktop.sync import events
from sms_desktop.sync.accounts.sign_in import SignInTrouble
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Running, Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.banner import Banner
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.windows.first_run.numbers_step import NumbersStep
from sms_desktop.ui.windows.first_run.receiving_step import ReceivingStep
from sms_desktop.ui.windows.first_run.sign_in_step import SignInStep
from sms_desktop.ui.windows.first_run.step import Doubt, Draft
from sms_desktop.ui.windows.first_run.step_list import StepList
from sms_desktop.ui.windows.window_placement import bound

StartProgram = Callable[[str, Sequence[str]], bool]
"""Starts a program that lives on its own; false where it cannot be started."""

_NARROW_BELOW: Final = 640


def start_detached(program: str, arguments: Sequence[str]) -> bool:
    """The real ``StartProgram``."""
    started, _pid = QProcess.startDetached(program, list(arguments))
    return bool(started)


class FirstRunWindow(QWidget):
    """Keeps what was typed while it is closed; ``finished`` once an account is set up."""

    finished = Signal()

    def __init__(
        self,
        commands: Commands,
        facts: Facts,
        theme: Theme,
        spawn: Spawn,
        parent: QWidget | None = None,
        start_program: StartProgram = start_detached,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("Set up SMS Desktop")
        self.setObjectName("firstRunWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._theme = theme
        self._spawn = spawn
        self._start_program = start_program
        self._running: Running | None = None
        self.draft = Draft()
        self.sign_in = SignInStep(commands, theme, self.draft, self)
        self.numbers = NumbersStep(commands, theme, self.draft, self)
        self.receiving = ReceivingStep(commands, theme, self.draft, spawn, self)
        self.steps = (self.sign_in, self.numbers, self.receiving)
        self.at = 0
        self._build(theme)
        self._wire()
        facts.bridge.accounts_changed.connect(self._on_accounts)
        theme.changed.connect(self._fit)
        self.resize(theme.px(820), theme.px(640))
        self._fit()
        self._show_step(0)

    @property
    def is_busy(self) -> bool:
        """Whether Kandy is being asked."""
        return self._running is not None

    def come_forward(self) -> None:
        """Be seen, where one was."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.steps[self.at].enter()

    def advance(self, *, insist: bool = False) -> None:
        """Check this step, and go on where nothing speaks against it."""
        self._run(partial(self._advance, insist=insist), "first run")

    def back(self) -> None:
        """The step before, as it was left."""
        if self.at and not self.is_busy:
            self._show_step(self.at - 1)
            self.steps[self.at].enter()

    def cancel(self) -> None:
        """Break off what is under way; while nothing is, close the window."""
        if self._running is not None:
            self._running.cancel()
        else:
            self.close()

    def try_demo(self) -> None:
        """Start the demo in a process of its own."""
        if self._start_program(sys.executable, ["-m", "sms_desktop", "--demo"]):
            self._tell("The demo opens in windows of its own, which may take a moment.")
        else:
            self._tell("The demo could not be started.")

    def _go_on(self) -> None:
        self.advance()

    def _go_on_all_the_same(self) -> None:
        self.advance(insist=True)

    def _look_again(self) -> None:
        self._run(self.numbers.look_again, "look for numbers")

    # What a step says.

    def _run(self, work: Callable[[], Awaitable[None]], name: str) -> None:
        if self.is_busy:
            return
        self.banner.hide()
        self._running = self._spawn(self._busy_with(work), name)
        # Where it came to its end at once, it is not running any more.
        self._set_busy(self._running is not None)

    async def _busy_with(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except SignInTrouble as trouble:
            self._complain(trouble)
        except SmsDesktopError as error:
            self._tell(error.text())
        finally:
            self._running = None
            self._set_busy(False)

    async def _advance(self, *, insist: bool) -> None:
        step = self.steps[self.at]
        doubt = await step.advance(insist=insist)
        if doubt is not None:
            self._doubt(doubt)
        elif step is self.steps[-1]:
            self.finished.emit()
        else:
            self._running = None
            self._set_busy(False)
            self._show_step(self.at + 1)
            self.steps[self.at].enter()

    def _complain(self, trouble: SignInTrouble) -> None:
        """Where a sentence belongs to a field, go there; that may be a step before."""
        if trouble.part is Part.WAY and self.receiving.complain(trouble):
            return
        if trouble.part not in (Part.WHOLE, Part.WAY):
            self._show_step(0)
        if self.at != 0 or not self.sign_in.complain(trouble):
            self._tell(str(trouble))

    def _doubt(self, doubt: Doubt) -> None:
        if doubt.sentence:
            self._tell(doubt.sentence, doubt.action)

    def _tell(self, sentence: str, action: str = "") -> None:
        self.banner.say(sentence, action)
        if action:
            self.banner.action_button.setFocus()

    def _on_accounts(self, event: events.AccountsChanged) -> None:
        """Somebody else has set an account up, as by the command line: nobody is kept from it."""
        is_mine = self.draft.kept is not None or self.is_busy
        if event.accounts and not is_mine and self.sign_in.is_untouched and self.at == 0:
            self.close()

    # How it looks.

    def _build(self, theme: Theme) -> None:
        self.step_list = StepList(theme, [step.name for step in self.steps], self)
        self.step_label = QLabel(self)
        self.step_label.setProperty("role", "small")
        self.step_label.setContentsMargins(26, 14, 26, 0)
        self.pages = QStackedWidget(self)
        for step in self.steps:
            self.pages.addWidget(step)
        self.banner = Banner(theme, self)
        self.status = ElidedLabel(self, "small")
        self.demo_button = self._button("Try it without an account", "link")
        self.cancel_button = self._button("Cancel")
        self.back_button = self._button("Back")
        self.skip_button = self._button("")
        self.next_button = self._button("", "primary")
        foot = QHBoxLayout()
        foot.setContentsMargins(26, 12, 26, 16)
        foot.setSpacing(8)
        foot.addWidget(self.demo_button)
        foot.addWidget(self.status, 1)
        for button in (self.cancel_button, self.back_button, self.skip_button, self.next_button):
            foot.addWidget(button)
        notice = QHBoxLayout()
        # With what the notice has around itself, in line with the pages.
        notice.setContentsMargins(16, 0, 16, 0)
        notice.addWidget(self.banner)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.step_label)
        column.addWidget(self.pages, 1)
        column.addLayout(notice)
        column.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.step_list)
        row.addLayout(column, 1)

    def _button(self, words: str, kind: str = "") -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("kind", kind)
        button.setAutoDefault(True)
        return button

    def _wire(self) -> None:
        self.next_button.clicked.connect(self._go_on)
        self.skip_button.clicked.connect(self._go_on_all_the_same)
        self.back_button.clicked.connect(self.back)
        self.cancel_button.clicked.connect(self.cancel)
        self.demo_button.clicked.connect(self.try_demo)
        self.banner.chosen.connect(self._go_on_all_the_same)
        self.numbers.again_button.clicked.connect(self._look_again)
        self.numbers.mended.connect(self.banner.hide)
        self.receiving.words_changed.connect(self._show_words)
        # A way that was chosen with Enter is disabled meanwhile, and would lose the focus anywhere.
        self.receiving.submitted.connect(self.next_button.setFocus)
        for step in self.steps:
            step.submitted.connect(self._go_on)
            step.said.connect(self.status.set_full_text)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.cancel)

    def _show_step(self, at: int) -> None:
        self.at = at
        self.banner.hide()
        self.pages.setCurrentIndex(at)
        self.step_list.show_step(at)
        self.step_label.setText(f"Step {at + 1} of {len(self.steps)} · {self.steps[at].name}")
        self._show_words()

    def _show_words(self) -> None:
        step = self.steps[self.at]
        # Never disabled: the focus would jump away from under a key that is pressed twice.
        self.next_button.setText("Please wait…" if self.is_busy else step.next_words)
        self.skip_button.setText(step.skip_words)
        self.skip_button.setVisible(bool(step.skip_words) and not self.is_busy)
        self.back_button.setVisible(self.at > 0 and not self.is_busy)
        self.demo_button.setVisible(self.at == 0 and not self.is_busy)
        self.cancel_button.setVisible(self.is_busy)

    def _set_busy(self, busy: bool) -> None:
        for step in self.steps:
            step.set_busy(busy)
        self._show_words()
        if not busy:
            self.status.set_full_text("")
            if QApplication.focusWidget() in (None, self.cancel_button):
                self.next_button.setFocus()

    def _fit(self) -> None:
        px = self._theme.px
        self.setMinimumSize(px(460), px(420))
        bound(self)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow window one line says where one is."""
        is_narrow = self.width() < self._theme.px(_NARROW_BELOW)
        self.step_list.setVisible(not is_narrow)
        self.step_label.setVisible(is_narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the wide and the narrow arrangement."""
        super().resizeEvent(event)
        self._arrange()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing goes on behind a closed window."""
        if self._running is not None:
            self._running.cancel()
        super().closeEvent(event)
