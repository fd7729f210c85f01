"""One square of the rail."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from sms_desktop.ui.delegates.marks import Mark, mark_path
from sms_desktop.ui.theme.theme import Theme

_DIMMED = 0.45


class RailButton(QAbstractButton):
    """A number's last digits over its colour, with the unread count and a warning where it is deaf."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = ""
        self._unread = 0
        self._is_dimmed = False
        self._is_quiet = False
        self._warns = False
        self._is_led_by_keys = False
        self.setText(text)
        self.setCheckable(True)
        # One of several: a screen reader says so.
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._resize)
        self._resize()

    @property
    def unread(self) -> int:
        """The count on the badge."""
        return self._unread

    def show_state(
        self,
        *,
        colour: str = "",
        unread: int = 0,
        dimmed: bool = False,
        warns: bool = False,
        is_quiet: bool = False,
    ) -> None:
        """What the square says; ``colour`` is ``#rrggbb`` or empty, a quiet badge asks for nothing."""
        self._is_quiet = is_quiet
        self._colour, self._unread, self._is_dimmed, self._warns = colour, unread, dimmed, warns
        self.update()

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """The square with room for the badge."""
        return QSize(self._theme.px(68), self._theme.px(54))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring for whoever came by keyboard."""
        self._is_led_by_keys = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """After a click, the first key shows where the keys go."""
        self._is_led_by_keys = True
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Hover repaints."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Square, ring, digits, bar, badge, warning."""
        del event
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF((self.width() - px(44)) / 2, (self.height() - px(44)) / 2, px(44), px(44))
        painter.setOpacity(_DIMMED if self._is_dimmed else 1.0)
        edge = theme.colour("border_strong" if self.underMouse() else "border")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(theme.colour("window"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(12), px(12))
        role = "text" if self.isChecked() else "text_muted"
        painter.setPen(theme.colour(role))
        painter.setFont(theme.font(9, 600))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._colour:
            bar = QRectF(box.left() + px(7), box.bottom() - px(7), box.width() - 2 * px(7), px(3))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour(self._colour))
            painter.drawRoundedRect(bar, px(1.5), px(1.5))
        painter.setOpacity(1.0)
        self._paint_ring(painter, box)
        if self._warns:
            self._paint_warning(painter, box)
        if self._unread:
            self._paint_badge(painter, box)
        painter.end()

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        px = self._theme.px
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.isChecked():
            painter.setPen(QPen(self._theme.colour("accent_text"), px(2)))
            out = px(1)
            painter.drawRoundedRect(box.adjusted(-out, -out, out, out), px(14), px(14))
        if self.hasFocus() and self._is_led_by_keys:
            # Outside of the ring of the chosen one, so that both can be told apart.
            painter.setPen(QPen(self._theme.colour("text"), max(1.5, px(1.5))))
            out = px(4)
            painter.drawRoundedRect(box.adjusted(-out, -out, out, out), px(16), px(16))

    def _paint_badge(self, painter: QPainter, box: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        text = str(self._unread) if self._unread < 100 else "99+"
        painter.setFont(theme.font(7.5, 600))
        width = max(px(18), painter.fontMetrics().horizontalAdvance(text) + px(9))
        badge = QRectF(box.right() + px(4) - width, box.top() - px(4), width, px(18))
        painter.setPen(QPen(theme.colour("rail"), px(1)))
        painter.setBrush(theme.colour("text_muted" if self._is_quiet else "badge"))
        painter.drawRoundedRect(badge, px(9), px(9))
        painter.setPen(theme.colour("rail" if self._is_quiet else "on_badge"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_warning(self, painter: QPainter, box: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        sign = QRectF(box.left() - px(4), box.top() - px(4), px(16), px(16))
        painter.setPen(QPen(theme.colour("rail"), px(1)))
        painter.setBrush(theme.colour("warning"))
        painter.drawEllipse(sign)
        pen = QPen(theme.colour("window"), px(1.8))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        height = float(px(9))
        painter.translate(sign.center().x() - 0.15 * height, sign.center().y() - height / 2)
        painter.drawPath(mark_path(Mark.BANG, height))
        painter.resetTransform()
