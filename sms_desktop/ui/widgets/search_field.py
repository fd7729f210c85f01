"""Where one types what to look for; shows its shortcut, and moves through what was found."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme


class SearchField(QLineEdit):
    """``stepped``: Up or Down, carries -1 or 1. ``taken``: Enter."""

    stepped = Signal(int)
    taken = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("search")
        self.setPlaceholderText(self.tr("Search messages"))
        self.setAccessibleName(self.tr("Search messages, people, numbers and actions"))
        self._glass = QAction(self.tr("Search"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._keys = QLabel(self)
        self._keys.setProperty("role", "keys")
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.textChanged.connect(self._show_keys)
        theme.changed.connect(self._dress)
        self._dress()
        self._show_keys()

    def set_shortcut(self, keys: str) -> None:
        """Name the shortcut in the field."""
        self._keys.setText(keys.replace("+", " "))
        self.setToolTip(
            self.tr(
                "Search and go anywhere ({keys}). Filters: from: to: in: before: after: has:link"
                " is:unread; “quotes” for a phrase"
            ).format(keys=keys)
        )
        self._show_keys()
        self._place_keys()

    def _show_keys(self) -> None:
        self._keys.setVisible(bool(self._keys.text()) and not self.text())
        self.setClearButtonEnabled(bool(self.text()))

    def _dress(self) -> None:
        self._glass.setIcon(icon(self._theme, "search", "text_muted", 18))
        self.setFixedHeight(self._theme.px(36))
        self._place_keys()

    def _place_keys(self) -> None:
        self._keys.adjustSize()
        size = self._keys.size()
        x = self.width() - size.width() - self._theme.px(10)
        self._keys.move(x, (self.height() - size.height()) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down and Enter are for what was found."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not event.modifiers():
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The shortcut keeps its place."""
        super().resizeEvent(event)
        self._place_keys()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the list may get."""
        return QSize(self._theme.px(120), self._theme.px(36))
