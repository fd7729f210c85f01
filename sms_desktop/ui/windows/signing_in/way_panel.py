"""What belongs to one way in: its fields, its steps, and trying it out."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports import TunnelCommands
from sms_desktop.ui.surroundings import Running, Spawn
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.fields import Field, SecretEdit
from sms_desktop.ui.windows.settings.ways_in import SECRET, WayField, WayIn, tunnel_of
from sms_desktop.ui.windows.signing_in.host_key_question import HostKeyQuestion
from sms_desktop.ui.windows.signing_in.way_steps import WaySteps

_KEPT: Final = "kept in the vault; leave it empty to keep it"


class WayPanel(QWidget):
    """Shown under the way that is chosen; ``base_url`` is where Kandy is."""

    changed = Signal()
    submitted = Signal()

    def __init__(
        self,
        theme: Theme,
        way: WayIn,
        commands: TunnelCommands,
        spawn: Spawn,
        base_url: Callable[[], str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.way = way
        self._commands = commands
        self._spawn = spawn
        self._base_url = base_url
        self._checking: Running | None = None
        self.fields = {one.key: self._field(theme, one) for one in way.fields}
        self.steps = WaySteps(theme, self)
        self.missing = QLabel(self)
        self.missing.setProperty("role", "warning")
        self.missing.setWordWrap(True)
        self.check_button = QPushButton("Check", self)
        self.check_button.setToolTip("Opens it, calls its public address, and closes it again")
        self.check_button.clicked.connect(self.check)
        self.forget_button = QPushButton("Forget this server's key", self)
        self.forget_button.setProperty("kind", "link")
        self.forget_button.clicked.connect(lambda: spawn(self._forget(), "forget a host key"))
        self.forget_button.hide()
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.question = HostKeyQuestion(self)
        self._lay_out()

    @property
    def tunnel(self) -> str:
        """The name that accounts keep."""
        return tunnel_of(self.way.name, self._typed())

    def enter(self) -> None:
        """It was chosen: say what it needs, and whether its secret is there already."""
        self._explain()
        if SECRET in self.fields:
            self._spawn(self._look_for_secret(), "tunnel secret")

    def fill(self, values: dict[str, str]) -> None:
        """Show what was typed once."""
        for key, text in values.items():
            if key in self.fields:
                self.fields[key].edit.setText(text)

    def problem(self) -> str:
        """A sentence about the first field that must not be empty."""
        for field in self.way.fields:
            if field.missing and not self.fields[field.key].text():
                return field.missing
        return ""

    def complain(self, sentence: str) -> bool:
        """Say it under the field that it is about; false where there is no field."""
        empty = [f.key for f in self.way.fields if f.missing == sentence]
        shown = [key for key in self.fields if key != SECRET]
        at = (empty or shown[:1] or [""])[0]
        for key, field in self.fields.items():
            field.complain(sentence if key == at else "")
        if sentence and at:
            self.fields[at].edit.setFocus()
        return bool(at)

    async def keep_secret(self) -> None:
        """Put a typed token or password into the vault; raises a vault's error."""
        field = self.fields.get(SECRET)
        if field is not None and field.text():
            await self._commands.keep_secret(self.tunnel, field.text())
            field.edit.clear()
            field.edit.setPlaceholderText(_KEPT)

    def check(self) -> None:
        """Try it out, or say what is missing."""
        problem = self.problem()
        if not self.complain(problem) and problem:
            self._say(problem, "danger")
        if not problem and self._checking is None:
            self._checking = self._spawn(self._check(), "check a tunnel")

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        for field in self.fields.values():
            field.edit.setReadOnly(busy)
        self.check_button.setEnabled(not busy)

    def order(self) -> list[QWidget]:
        """What Tab visits, in this order."""
        edits = [field.edit for field in self.fields.values()]
        return [*edits, self.steps.words, self.steps.copy_button, self.check_button]

    def _explain(self) -> None:
        """With what was typed, as soon as it is whole; before that with an example."""
        try:
            about = self._commands.about(self.tunnel, self._base_url())
        except SmsDesktopError:
            about = self._commands.about(self.way.sample, self._base_url())
        self.steps.show_steps(about.steps)
        self.missing.setText(about.missing)
        self.missing.setVisible(bool(about.missing))

    async def _check(self) -> None:
        self.check_button.setEnabled(False)
        self.forget_button.hide()
        self._say("Opening it, and calling it from outside…", "muted")
        tunnel = self.tunnel
        try:
            await self.keep_secret()
            url = await self._commands.check(tunnel, self._base_url(), self.question.ask)
        except SmsDesktopError as error:
            self._say(error.text(), "danger")
            self.forget_button.setVisible(error.text().startswith("DANGER"))
        else:
            self._say(f"It works: {url} leads to this computer.", "success")
        finally:
            self._checking = None
            self.check_button.setEnabled(True)

    async def _forget(self) -> None:
        await self._commands.forget_host_key(self.tunnel)
        self.forget_button.hide()
        self._say("Forgotten. Press Check, and compare the new fingerprint.", "muted")

    async def _look_for_secret(self) -> None:
        if await self._commands.has_secret(self.tunnel):
            self.fields[SECRET].edit.setPlaceholderText(_KEPT)

    def _typed(self) -> dict[str, str]:
        return {key: field.text() for key, field in self.fields.items()}

    def _say(self, sentence: str, role: str) -> None:
        self.outcome.setText(sentence)
        self.outcome.setAccessibleName(sentence)
        restyle(self.outcome, role=role)

    def _field(self, theme: Theme, about: WayField) -> Field:
        edit = SecretEdit(self) if about.key == SECRET else QLineEdit(self)
        edit.setText(about.initial)
        edit.setPlaceholderText(about.example)
        edit.textChanged.connect(self.changed)
        edit.editingFinished.connect(self._explain)
        edit.returnPressed.connect(self.submitted)
        return Field(theme, about.label, edit, self)

    def _leave(self) -> None:
        checking, self._checking = self._checking, None
        if checking is not None:
            checking.cancel()
            self._say("", "muted")

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.check_button)
        foot.addWidget(self.outcome, 1)
        foot.addWidget(self.forget_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 2)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addWidget(self.steps)
        for field in self.fields.values():
            column.addWidget(field)
        column.addWidget(self.question)
        column.addLayout(foot)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another way was chosen, or the window closed: nobody waits for the outcome any more."""
        if not event.spontaneous():
            self._leave()
        super().hideEvent(event)
