"""The rail's way to everything that is scheduled, with its number."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme

_MOST = 99


class ScheduledButton(QPushButton):
    """A clock; what is late has a badge that asks for a look."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._count = 0
        self._late = 0
        self.setProperty("kind", "icon")
        dress(self, theme, "clock", size=20)
        self.show_count(0, late=0)

    def show_count(self, count: int, *, late: int) -> None:
        """So many texts wait, so many of them were not sent at their time."""
        self._count, self._late = count, late
        told = [self.tr("Scheduled messages")]
        if count:
            told.append(self.tr("{n} waiting").format(n=count))
        if late:
            told.append(self.tr("{n} not sent at its time").format(n=late))
        self.setToolTip(" · ".join(told))
        self.setAccessibleName(", ".join(told))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The clock, and the number in its corner."""
        super().paintEvent(event)
        if not self._count:
            return
        text = str(self._count) if self._count <= _MOST else f"{_MOST}+"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self._theme.font(7.5, 700)
        painter.setFont(font)
        height = self._theme.px(16)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + self._theme.px(8))
        box = QRectF(self.width() - width, 0, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("danger" if self._late else "accent"))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(self._theme.colour("on_accent"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
