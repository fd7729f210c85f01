"""The steps of the connection as rows: mark, title, reason, and a button where something mends it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain.health import Check, CheckState, Fix
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.settings.page import line

_MARKS: Final = {
    CheckState.OK: ("check", "success", "works"),
    CheckState.WAITING: ("clock", "text_muted", "waiting"),
    CheckState.WARNING: ("warning", "warning", "needs attention"),
    CheckState.FAILED: ("close", "danger", "failed"),
}
_ROLES: Final = {CheckState.WARNING: "warning", CheckState.FAILED: "danger"}
_WORDS: Final = {
    Fix.CHECK: "Try now",
    Fix.SUBSCRIBE: "Fix",
    Fix.SIGN_IN: "Sign in…",
    Fix.CHANGE_WAY: "Change…",
    Fix.NUMBERS: "Numbers…",
}
_TITLE_PX: Final = 184
_NARROW_BELOW_PX: Final = 470
_LEFT: Final = Qt.AlignmentFlag.AlignLeft


class _Line(NamedTuple):
    """The parts of one row."""

    mark: QLabel
    title: QLabel
    detail: QLabel
    button: QPushButton | None
    rule: QFrame


def spoken(check: Check) -> str:
    """What a screen reader says of a step."""
    return f"{check.title}: {_MARKS[check.state][2]}. {check.detail}"


class CheckRows(QWidget):
    """Made anew for every other state; ``fix_asked`` carries the step whose button was pressed."""

    fix_asked = Signal(Check)

    def __init__(self, theme: Theme, checks: Sequence[Check], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_narrow = False
        self._lines: list[_Line] = []
        self.buttons: dict[str, QPushButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        for check in checks:
            self._add(check)
        self._arrange()

    def _add(self, check: Check) -> None:
        button = None if check.fix is None else self._button(check, check.fix)
        if button is not None:
            self.buttons.setdefault(check.name, button)
        rule = line(self)
        made = _Line(self._mark(check), self._title(check), self._detail(check), button, rule)
        self._lines.append(made)

    def _arrange(self) -> None:
        """The reason beside its title, or beneath it where there is no room, and the button below."""
        for number, made in enumerate(self._lines):
            at = number * 4
            self._grid.addWidget(made.mark, at, 0)
            if self._is_narrow:
                self._grid.addWidget(made.title, at, 1, 1, 3)
                self._grid.addWidget(made.detail, at + 1, 1, 1, 3)
                if made.button is not None:
                    self._grid.addWidget(made.button, at + 2, 1, 1, 3, _LEFT)
                    room = made.button.sizeHint().height() + self._theme.px(10)
                    self._grid.setRowMinimumHeight(at + 2, room)
            else:
                self._grid.addWidget(made.title, at, 1)
                self._grid.addWidget(made.detail, at, 2, 1, 1 if made.button else 2)
                self._grid.setRowMinimumHeight(at + 2, 0)
                if made.button is not None:
                    self._grid.addWidget(made.button, at, 3)
            made.title.setMinimumWidth(1 if self._is_narrow else self._theme.px(_TITLE_PX))
            self._grid.setRowMinimumHeight(at, self._theme.px(42))
            self._grid.addWidget(made.rule, at + 3, 0, 1, 4)

    def _mark(self, check: Check) -> QLabel:
        drawing, colour, said = _MARKS[check.state]
        edge = self._theme.px(16)
        mark = QLabel(self)
        drawn = icon(self._theme, drawing, colour, 16)
        mark.setPixmap(drawn.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
        mark.setContentsMargins(2, 0, 4, 0)
        mark.setAccessibleName(said)
        return mark

    def _title(self, check: Check) -> QLabel:
        title = QLabel(check.title, self)
        title.setFont(self._theme.font(10.5, 600))
        title.setWordWrap(True)
        return title

    def _detail(self, check: Check) -> QLabel:
        # An address has no place to break, and must not push the buttons out of the window.
        detail = QLabel(check.detail.replace("://", "://\u200b"), self)
        detail.setProperty("role", _ROLES.get(check.state, "muted"))
        detail.setWordWrap(True)
        detail.setMinimumWidth(1)
        detail.setContentsMargins(0, 5, 0, 5)
        detail.setTextFormat(Qt.TextFormat.PlainText)
        detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        detail.setAccessibleName(spoken(check))
        return detail

    def _button(self, check: Check, fix: Fix) -> QPushButton:
        button = QPushButton(_WORDS[fix], self)
        if check.state in _ROLES:
            button.setProperty("kind", "primary")
        button.setAccessibleName(f"{_WORDS[fix]} {check.title}")
        button.clicked.connect(lambda: self.fix_asked.emit(check))
        return button

    def minimumSizeHint(self) -> QSize:
        """Never wider than the window: where there is no room, the reasons go beneath."""
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between beside and beneath."""
        super().resizeEvent(event)
        is_narrow = event.size().width() < self._theme.px(_NARROW_BELOW_PX)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            self._arrange()
