"""Icons from our own line drawings, in any colour of the palette and sharp on every screen."""

from typing import Final

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton

from sms_desktop.resources import resource
from sms_desktop.ui.theme.theme import Theme

_SIZE: Final = 20


def icon(theme: Theme, name: str, colour_role: str = "text_muted", size: int = _SIZE) -> QIcon:
    """The drawing ``resources/icons/<name>.svg`` in a palette colour; ``size`` in design pixels."""
    source = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    edge = theme.px(size)
    result = QIcon()
    for mode, role in ((QIcon.Mode.Normal, colour_role), (QIcon.Mode.Disabled, "text_disabled")):
        for ratio in _ratios():
            result.addPixmap(_drawn(source, theme.colour(role), edge, ratio), mode)
    return result


def dress(
    button: QAbstractButton,
    theme: Theme,
    name: str,
    colour_role: str = "text_muted",
    size: int = _SIZE,
) -> None:
    """Give a button an icon that follows the theme for as long as the button lives."""
    _Dresser(button, theme, name, colour_role, size)


class _Dresser(QObject):
    """Belongs to the button, so that it goes when the button goes, and its connection with it."""

    def __init__(
        self, button: QAbstractButton, theme: Theme, name: str, colour_role: str, size: int
    ) -> None:
        super().__init__(button)
        self._button = button
        self._theme = theme
        self._what = (name, colour_role, size)
        theme.changed.connect(self.draw)
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Give the button its icon in today's colour and size."""
        name, colour_role, size = self._what
        edge = self._theme.px(size)
        self._button.setIcon(icon(self._theme, name, colour_role, size))
        self._button.setIconSize(QSize(edge, edge))


def _ratios() -> list[float]:
    return sorted({1.0, *(s.devicePixelRatio() for s in QGuiApplication.screens())})


def _drawn(source: str, colour: QColor, edge: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(round(edge * ratio), round(edge * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, edge, edge))
    painter.end()
    return pixmap
