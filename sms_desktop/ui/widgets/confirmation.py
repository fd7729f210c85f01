"""A word of confirmation beside what was clicked, for a moment; read aloud too."""

from typing import Final

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QToolTip, QWidget

_SHOWN_MS: Final = 1_800


def confirm(widget: QWidget, at: QPoint, words: str) -> None:
    """Say something at a point of a widget; nothing has to be closed."""
    QToolTip.showText(widget.mapToGlobal(at), words, widget, QRect(), _SHOWN_MS)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
