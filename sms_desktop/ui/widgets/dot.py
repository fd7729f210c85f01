"""A round spot of colour: the connection's state, an own number's colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from sms_desktop.ui.theme.theme import Theme

# What the style asks menus, boxes and buttons to show; another size would be stretched to it.
_ICON_PX = 16


class Dot(QWidget):
    """``colour`` is a palette role or ``#rrggbb``; ``size`` in design pixels."""

    def __init__(
        self, theme: Theme, colour: str, size: int = 8, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    @property
    def colour(self) -> str:
        """The present colour."""
        return self._colour

    def set_colour(self, colour: str) -> None:
        """Another palette role or ``#rrggbb``."""
        self._colour = colour
        self.update()

    def sizeHint(self) -> QSize:
        """What suits it."""
        edge = self._theme.px(self._size)
        return QSize(edge, edge)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The spot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour(self._colour))
        painter.drawEllipse(QRectF(self.rect()))


def dot_icon(theme: Theme, colour: str, size: int = 10) -> QIcon:
    """The same spot in the middle of a square icon, for menus and boxes; sharp on every screen."""
    result = QIcon()
    edge = _ICON_PX
    inset = (edge - min(edge, theme.px(size))) / 2
    for ratio in sorted({1.0, *(s.devicePixelRatio() for s in QGuiApplication.screens())}):
        pixmap = QPixmap(round(edge * ratio), round(edge * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(colour))
        painter.drawEllipse(QRectF(0, 0, edge, edge).adjusted(inset, inset, -inset, -inset))
        painter.end()
        result.addPixmap(pixmap)
    return result
