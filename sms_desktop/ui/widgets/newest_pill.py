"""The "3 new ↓" button over the timeline."""

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme

_MOVING_KEYS: Final = (
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


class NewestPill(QPushButton):
    """Tells how many messages came below what is on screen; a click goes there."""

    def __init__(self, theme: Theme, parent: QWidget, view: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._theme = theme
        self._over = parent
        self._count = 0
        self.setProperty("kind", "newest")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        dress(self, theme, "arrow-down", "on_accent", 16)
        self.hide()

    def show_for(self, count: int, *, is_far: bool) -> None:
        """Say how many are new; without new ones be there only far from the end."""
        self._count = count
        self.setText(self.tr("{n} new").format(n=count) if count else self.tr("Newest"))
        self.setToolTip(self.tr("Go to the newest message (End)"))
        self.setAccessibleName(
            self.tr("{count} new messages below, go to the newest").format(count=count)
            if count
            else self.tr("Go to the newest message")
        )
        is_wanted = count > 0 or is_far
        if not is_wanted and self.hasFocus():
            # Else Qt would give the keys to whatever comes next.
            self._view.setFocus(Qt.FocusReason.TabFocusReason)
        self.setVisible(is_wanted)
        self.place()

    @property
    def count(self) -> int:
        """New messages below."""
        return self._count

    def place(self) -> None:
        """Stand above the middle of the lower edge."""
        area = self._over.rect()
        size = self.sizeHint()
        self.setGeometry(
            (area.width() - size.width()) // 2,
            area.height() - size.height() - self._theme.px(12),
            size.width(),
            size.height(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move do so from here too; the view has the focus from then on."""
        if event.key() in _MOVING_KEYS:
            self._view.setFocus(Qt.FocusReason.TabFocusReason)
            QCoreApplication.sendEvent(self._view, event)
        else:
            super().keyPressEvent(event)
