"""Four lines to type a recovery key into; each says at once whether it is right."""

from collections.abc import Callable
from functools import partial
from itertools import zip_longest
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from sms_desktop.sync.unlocking.typed_key import (
    LINES,
    SYMBOLS_A_LINE,
    LineState,
    lines_in,
    state_of,
)
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme

_SPOKEN: Final = {
    LineState.EMPTY: "",
    LineState.SHORT: "not complete yet",
    LineState.GOOD: "right",
    LineState.WRONG: "there is a mistake in this line",
}


class _Line(QLineEdit):
    """Asks what Enter means before the window takes it for an answer."""

    def __init__(self, goes_on: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._goes_on = goes_on

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads from line to line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and self._goes_on():
            return
        super().keyPressEvent(event)


class RecoveryKeyField(QWidget):
    """What is pasted into one line fills those after it; a complete line leads to the next."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.edits = [_Line(partial(self._goes_on, at), self) for at in range(LINES)]
        self._marks = [QLabel(self) for _ in range(LINES)]
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        for at, (edit, mark) in enumerate(zip(self.edits, self._marks, strict=True)):
            number = QLabel(str(at + 1), self)
            number.setProperty("role", "muted")
            number.setBuddy(edit)
            edit.setAccessibleName(f"Line {at + 1} of {LINES}")
            edit.textEdited.connect(lambda text, at=at: self._on_edited(at, text))
            mark.setFixedWidth(theme.px(20))
            for column, part in enumerate((number, edit, mark)):
                grid.addWidget(part, at, column)
        theme.changed.connect(self._dress)
        self._dress()
        self.setFocusProxy(self.edits[0])

    @property
    def text(self) -> str:
        """The whole key as it is typed."""
        return "\n".join(edit.text() for edit in self.edits)

    @property
    def is_complete(self) -> bool:
        """Whether every line is right."""
        return all(state is LineState.GOOD for state in self.states())

    def states(self) -> list[LineState]:
        """How each line stands."""
        return [state_of(at, edit.text()) for at, edit in enumerate(self.edits)]

    def fill(self, text: str) -> None:
        """Put in a whole key, or the note that holds one."""
        for edit, line in zip_longest(self.edits, lines_in(text)[:LINES], fillvalue=""):
            if isinstance(edit, QLineEdit):
                edit.setText(line)
        self._show_states()

    def focus_first_wrong(self) -> None:
        """To the first line that is not right."""
        wrong = [
            e for e, s in zip(self.edits, self.states(), strict=True) if s is not LineState.GOOD
        ]
        (wrong or self.edits)[0].setFocus()

    def _on_edited(self, at: int, text: str) -> None:
        lines = lines_in(text) or [""]
        if len(lines) > 1:
            # A whole key begins in the first line wherever it is pasted.
            begin = 0 if len(lines) == LINES else at
            for edit, line in zip(self.edits[begin:], lines, strict=False):
                edit.setText(line)
            self.edits[min(begin + len(lines), LINES) - 1].setFocus()
        else:
            self._group(self.edits[at], text, lines[0])
            if state_of(at, text) is LineState.GOOD and at + 1 < LINES:
                self.edits[at + 1].setFocus()
        self._show_states()

    def _group(self, edit: QLineEdit, text: str, line: str) -> None:
        """Write the line in its groups, unless somebody is mending the middle of it."""
        if edit.cursorPosition() == len(text) and text.strip():
            edit.setText(line)

    def _goes_on(self, at: int) -> bool:
        """Whether Enter in this line is still about typing the key."""
        # Whoever ends each line with Enter has been led to the next one already.
        is_empty = not self.edits[at].text()
        if is_empty or self.is_complete or at + 1 == LINES:
            return is_empty
        self.edits[at + 1].setFocus()
        return True

    def _show_states(self) -> None:
        for edit, mark, state in zip(self.edits, self._marks, self.states(), strict=True):
            # A line is called wrong once it is whole, and not while it grows.
            restyle(edit, invalid="true" if state is LineState.WRONG else "false")
            edit.setAccessibleDescription(_SPOKEN[state])
            drawing = {LineState.GOOD: ("check", "success"), LineState.WRONG: ("warning", "danger")}
            if state in drawing:
                edge = self._theme.px(16)
                name, role = drawing[state]
                picture = icon(self._theme, name, role, 16)
                mark.setPixmap(picture.pixmap(QSize(edge, edge), self.devicePixelRatioF()))
            else:
                mark.clear()
        self.changed.emit()

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._theme.font(11).pointSizeF())
        for edit in self.edits:
            edit.setFont(font)
            symbols = SYMBOLS_A_LINE + SYMBOLS_A_LINE // 4
            width = edit.fontMetrics().horizontalAdvance("M" * symbols)
            edit.setMinimumWidth(width + self._theme.px(24))
        self._show_states()
