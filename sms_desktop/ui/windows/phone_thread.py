"""What stands on the phone at the other end: its bubbles, newest at the bottom."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from sms_desktop.domain.clock import NowMs
from sms_desktop.ui.clock_text import clock_text
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.ports import PhoneMessage
from sms_desktop.ui.theme.theme import Theme

_SHOWN: Final = 80
_PADDING_PX: Final = 26


class PhoneThread(QScrollArea):
    """Shows the last texts; a demo's phone needs no more."""

    def __init__(self, theme: Theme, now_ms: NowMs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("phoneThread")
        self.setAccessibleName("Messages on the phone")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._theme = theme
        self._moments = Moments(now_ms)
        self._messages: tuple[PhoneMessage, ...] = ()
        self.bubbles: list[QLabel] = []
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
        theme.changed.connect(self._rebuild)
        self._rebuild()

    def show_messages(self, messages: Sequence[PhoneMessage]) -> None:
        """Show these, the last of them at the bottom."""
        shown = tuple(messages[-_SHOWN:])
        if shown != self._messages:
            self._messages = shown
            self._rebuild()

    def _rebuild(self) -> None:
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(5)
        column.addStretch(1)
        self.bubbles = []
        if not self._messages:
            nothing = QLabel("Nothing yet. Write something below.", inside)
            nothing.setProperty("role", "small")
            nothing.setWordWrap(True)
            nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(nothing)
            column.addStretch(1)
        for message in self._messages:
            bubble = self._bubble(message, inside)
            side = Qt.AlignmentFlag.AlignRight if message.mine else Qt.AlignmentFlag.AlignLeft
            column.addWidget(bubble, 0, side)
            self.bubbles.append(bubble)
        self.setWidget(inside)
        self._fit()

    def _bubble(self, message: PhoneMessage, parent: QWidget) -> QLabel:
        role = "bubble_out" if message.mine else "bubble_in"
        bubble = QLabel(message.text, parent)
        bubble.setTextFormat(Qt.TextFormat.PlainText)
        bubble.setWordWrap(True)
        bubble.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        ground = self._theme.colour(role).name()
        ink = self._theme.colour(f"{role}_text").name()
        bubble.setStyleSheet(
            f"background: {ground}; color: {ink}; border-radius: 13px; padding: 6px 11px;"
        )
        at = clock_text(self._moments, message.at_ms)
        who = "This phone" if message.mine else "The account"
        bubble.setToolTip(at)
        bubble.setAccessibleName(f"{who}, {at}: {message.text}")
        return bubble

    def _fit(self) -> None:
        """A wrapped label asks for a square; give it the width of its longest line instead."""
        widest = int(self.viewport().width() * 0.78)
        for bubble in self.bubbles:
            bubble.ensurePolished()
            metrics = QFontMetrics(bubble.font())
            natural = max(metrics.horizontalAdvance(s) for s in bubble.text().split("\n"))
            width = min(natural + _PADDING_PX, widest)
            bubble.setFixedSize(width, bubble.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._fit()
