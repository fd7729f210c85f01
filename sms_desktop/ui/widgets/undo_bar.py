"""What was done a moment ago, and the way back for as long as there is one."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme

SHOWN_MS: Final = 8_000


class UndoBar(QWidget):
    """Hidden while there is nothing to undo; it never takes the keys by itself."""

    undo_asked = Signal()
    passed = Signal()
    """There is nothing to undo any more."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("undoBar")
        card = QFrame(self)
        card.setProperty("role", "toast")
        self.sentence = QLabel(card)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.undo_button = QPushButton(self.tr("Undo"), card)
        self.undo_button.setProperty("kind", "link")
        self.undo_button.clicked.connect(self.undo_asked)
        self.close_button = QPushButton(card)
        self.close_button.setProperty("kind", "icon")
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        dress(self.close_button, theme, "close", "tooltip_text", 14)
        self.close_button.clicked.connect(self.dismiss)
        row = QHBoxLayout(card)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.undo_button)
        row.addWidget(self.close_button)
        self._row = row
        self._outer = QHBoxLayout(self)
        self._outer.addWidget(card)
        self._passing = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self._passing.timeout.connect(self.dismiss)
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def say(self, sentence: str) -> None:
        """Show what was done, for some seconds."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self._passing.start()
        told = QAccessibleAnnouncementEvent(self, f"{sentence} {self.undo_button.accessibleName()}")
        QAccessible.updateAccessibility(told)

    def dismiss(self) -> None:
        """There is no way back any more, or it was taken."""
        self._passing.stop()
        if not self.isHidden():
            self.hide()
            self.passed.emit()

    def set_shortcut(self, keys: str) -> None:
        """Name the shortcut beside the word."""
        self.undo_button.setText(self.tr("Undo ({keys})").format(keys=keys))
        self.undo_button.setAccessibleName(self.tr("Undo, {keys}").format(keys=keys))

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.undo_button, self.close_button]

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), px(4), px(4), px(4))
        self._row.setSpacing(px(6))
        self._outer.setContentsMargins(px(10), px(6), px(10), px(10))
