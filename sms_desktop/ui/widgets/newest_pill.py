"""The "3 new ↓" button over the timeline."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme


class NewestPill(QPushButton):
    """Tells how many messages came below what is on screen; a click goes there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
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
        self.setVisible(count > 0 or is_far)
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
