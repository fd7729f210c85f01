"""The icon in the system's tray: how much is unread, and a mark of its own while nothing comes in."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from sms_desktop.domain.health import Health, Level
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.ports import Reader
from sms_desktop.ui.theme.icons import icon
from sms_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from sms_desktop.ui.windows.main_window import MainWindow

_SIZES: Final = (22, 44, 64)
_MOST: Final = 99
_MARKED: Final = (Level.DEAF, Level.DEGRADED, Level.SLOW)
_WORDS: Final = {
    Level.DEAF: "Not receiving",
    Level.DEGRADED: "Partly receiving",
    Level.SLOW: "Slow",
}


def put_into_tray(window: "MainWindow", reader: Reader, bridge: Bridge) -> "Tray":
    """A tray icon for a window: a click brings it forward, and it goes when the window closes."""
    tray = Tray(window.theme, bridge, window.facts.health, window)

    def count(*_event: object) -> None:
        tray.show_unread(reader.unread_in_inbox(only_of_those_that_notify=True))

    def on_activated(how: QSystemTrayIcon.ActivationReason) -> None:
        if how is not QSystemTrayIcon.ActivationReason.Context:
            window.come_forward()

    window.threads.unread_changed.connect(count)
    bridge.numbers_changed.connect(count)
    tray.icon.activated.connect(on_activated)
    tray.offer(
        ("Open SMS Desktop", window.come_forward),
        ("Lock now", window.locking.lock_now),
        ("Quit", window.close),
    )
    window.closed.connect(tray.icon.hide)
    count()
    return tray


class Tray(QObject):
    """Shown where the system has a tray, and not at all where it has none.

    ``icon`` is Qt's; tell it the unread by ``show_unread``.
    """

    def __init__(self, theme: Theme, bridge: Bridge, health: Health, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._level = health.level
        self._sentence = health.sentence
        self._unread = 0
        self.icon = QSystemTrayIcon(self)
        bridge.health_changed.connect(self._on_health)
        theme.changed.connect(self._draw)
        self._draw()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def offer(self, *acts: tuple[str, Callable[[], object]]) -> None:
        """The menu of the icon."""
        self.menu = QMenu()
        for text, act in acts:
            self.menu.addAction(text).triggered.connect(lambda _checked=False, act=act: act())
        self.icon.setContextMenu(self.menu)
        self.destroyed.connect(self.menu.deleteLater)

    def show_unread(self, count: int) -> None:
        """So many messages are unread."""
        if count != self._unread:
            self._unread = count
            self._draw()

    def _on_health(self, event: events.HealthChanged) -> None:
        self._level, self._sentence = event.health.level, event.health.sentence
        self._draw()

    def _draw(self) -> None:
        drawn = QIcon()
        for size in _SIZES:
            drawn.addPixmap(self._pixmap(size))
        self.icon.setIcon(drawn)
        parts = ["SMS Desktop"]
        if self._unread:
            parts.append(f"{self._unread} unread")
        if self._level in _WORDS:
            parts.append(f"{_WORDS[self._level]}. {self._sentence}")
        self.icon.setToolTip(" · ".join(parts))

    def _pixmap(self, size: int) -> QPixmap:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        role = "text_muted" if self._level is Level.DEAF else "accent_text"
        drawing = icon(self._theme, "chat", role, 64)
        painter.drawPixmap(pixmap.rect(), drawing.pixmap(QSize(64, 64)))
        if self._level in _MARKED:
            self._paint_mark(painter, size)
        if self._unread:
            self._paint_count(painter, size)
        painter.end()
        return pixmap

    def _paint_mark(self, painter: QPainter, size: int) -> None:
        """Struck through while deaf, a dot at the foot while something is amiss."""
        if self._level is Level.DEAF:
            painter.setPen(QPen(self._theme.colour("danger"), size * 0.12))
            painter.drawLine(
                round(size * 0.1), round(size * 0.9), round(size * 0.9), round(size * 0.1)
            )
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("warning"))
        painter.drawEllipse(QRectF(0, size * 0.62, size * 0.36, size * 0.36))

    def _paint_count(self, painter: QPainter, size: int) -> None:
        box = QRectF(size * 0.42, 0, size * 0.58, size * 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        font = QFont(self._theme.font(8, 700))
        font.setPixelSize(round(size * (0.36 if self._unread <= _MOST else 0.28)))
        painter.setFont(font)
        painter.setPen(QColor(self._theme.colour("on_accent")))
        count = str(self._unread) if self._unread <= _MOST else "99+"
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, count)
