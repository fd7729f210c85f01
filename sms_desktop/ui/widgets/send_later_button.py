"""The arrow beside Send: when else a text can be sent."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme


class LaterButton(QPushButton):
    """``menu_opening`` carries the menu, to be filled by whoever knows the times."""

    menu_opening = Signal(QMenu)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "primary")
        self.setAccessibleName(self.tr("Send later"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        dress(self, theme, "chevron-down", "on_accent", 14)
        self._theme = theme
        theme.changed.connect(self._measure)
        self.clicked.connect(self.open_menu)
        self._measure()

    def set_shortcut(self, keys: str) -> None:
        """Name the shortcut in the tool tip."""
        self.setToolTip(self.tr("Send later ({keys})").format(keys=keys))

    def open_menu(self) -> QMenu | None:
        """Offer the times; not while there is nothing to send."""
        if not self.isEnabled():
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu)
        size = menu.sizeHint()
        corner = QPoint(self.width() - size.width(), -size.height() - self._theme.px(4))
        menu.popup(self.mapToGlobal(corner))
        menu.setActiveAction(menu.actions()[0])
        return menu

    def _measure(self) -> None:
        self.setFixedWidth(self._theme.px(32))
