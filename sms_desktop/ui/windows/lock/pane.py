"""What the main window shows while it is locked: how to open it, and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.ports.app_lock import AppLock
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.recovery_key_field import RecoveryKeyField
from sms_desktop.ui.windows.settings.fields import Field
from sms_desktop.ui.windows.unlock.passphrase_page import hidden_edit

_TITLE: Final = "SMS Desktop is locked"
_TEXT: Final = "Messages go on being received and sent. Nothing of them is shown."
_ASKS_KEY: Final = "Type the recovery key. It takes the lock off; then set a new passphrase."
_EVERY_MS: Final = 500


class LockPane(QWidget):
    """Made anew for every locking, so that nothing that was typed stays.

    ``has_recovery_key``: where nothing outlives the run there is none to type.
    """

    def __init__(
        self,
        lock: AppLock,
        theme: Theme,
        spawn: Spawn,
        parent: QWidget,
        *,
        has_recovery_key: bool,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("lockPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(f"{_TITLE}. {_TEXT}")
        self._lock = lock
        self._theme = theme
        self._spawn = spawn
        self._is_busy = False
        self._build(has_recovery_key=has_recovery_key)
        self._lay_out()
        self._clock = QTimer(self, interval=_EVERY_MS)
        self._clock.timeout.connect(self._count_down)
        self._ask_for_key(False)
        self._count_down()

    def take_focus(self) -> None:
        """Go where one types."""
        asks_key = self.key_field.isVisibleTo(self)
        (self.key_field if asks_key else self.field.edit).setFocus()

    def _build(self, *, has_recovery_key: bool) -> None:
        px = self._theme.px
        self.picture = QLabel(self)
        self.picture.setFixedSize(px(48), px(48))
        drawing = icon(self._theme, "lock", "accent_text", 32)
        self.picture.setPixmap(drawing.pixmap(QSize(px(32), px(32)), self.devicePixelRatioF()))
        self.title = QLabel(_TITLE, self)
        self.title.setProperty("role", "title")
        self.text = QLabel(self)
        self.text.setProperty("role", "muted")
        self.text.setWordWrap(True)
        self.field = Field(self._theme, "Passphrase", hidden_edit(self), self)
        self.field.edit.returnPressed.connect(self._open)
        self.key_field = RecoveryKeyField(self._theme, self)
        for edit in self.key_field.edits:
            edit.returnPressed.connect(self._open_when_complete)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.open_button = QPushButton("Unlock", self)
        self.open_button.setProperty("kind", "primary")
        self.open_button.clicked.connect(self._open)
        self.other_button = QPushButton(self)
        self.other_button.setProperty("kind", "link")
        self.other_button.setVisible(has_recovery_key)
        self.other_button.clicked.connect(
            lambda: self._ask_for_key(not self.key_field.isVisibleTo(self))
        )

    def _lay_out(self) -> None:
        px = self._theme.px
        self._inner = inner = QWidget(self)
        inner.setFixedWidth(px(440))
        column = QVBoxLayout(inner)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(8))
        buttons = QHBoxLayout()
        buttons.addWidget(self.other_button)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        for part in (self.picture, self.title, self.text):
            column.addWidget(part)
        column.addSpacing(px(10))
        for field in (self.field, self.key_field, self.trouble):
            column.addWidget(field)
        column.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addWidget(inner, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def _ask_for_key(self, asked: bool) -> None:
        self.field.setVisible(not asked)
        self.key_field.setVisible(asked)
        self.text.setText(_ASKS_KEY if asked else _TEXT)
        self.other_button.setText(
            "Use the passphrase" if asked else "Forgotten? Use the recovery key…"
        )
        self._say("")
        self.take_focus()

    def _open_when_complete(self) -> None:
        if self.key_field.is_complete:
            self._open()

    def _open(self) -> None:
        if self._is_busy or self._lock.wait_s > 0:
            return
        if self.key_field.isVisibleTo(self):
            typed = self.key_field.text
            self._begin(lambda: self._lock.unlock_with_key(typed))
        elif passphrase := self.field.edit.text():
            self._begin(lambda: self._lock.unlock(passphrase))

    def _begin(self, attempt: Callable[[], Awaitable[None]]) -> None:
        self._is_busy = True
        self._say("")
        self.open_button.setEnabled(False)
        self._spawn(self._try(attempt), "unlock")

    async def _try(self, attempt: Callable[[], Awaitable[None]]) -> None:
        try:
            await attempt()
        except SmsDesktopError as error:
            self._say(error.text())
            self.field.edit.selectAll()
            self.take_focus()
        finally:
            self._is_busy = False
            self._count_down()

    def _count_down(self) -> None:
        """Say how long to wait, as long as it is so."""
        wait_s = self._lock.wait_s
        if wait_s > 0:
            seconds = int(wait_s) + 1
            self._say(f"Wrong too often. Try again in {seconds} second{'s' * (seconds != 1)}.")
            self._clock.start()
        elif self._clock.isActive():
            self._clock.stop()
            self._say("")
        self.open_button.setEnabled(wait_s <= 0 and not self._is_busy)

    def _say(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.field.edit.setAccessibleDescription(sentence)
        self._fit()

    def _fit(self) -> None:
        """As high as its sentences are at this width: a wrapped label takes from its neighbours else."""
        column = self._inner.layout()
        if column is not None:
            column.activate()
            self._inner.setFixedHeight(column.heightForWidth(self._inner.width()))
