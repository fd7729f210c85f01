"""Asks until when conversations shall be out of the way."""

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.clock import NowMs
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

_MORNING = QTime(9, 0)


class SnoozeSheet(QDialog):
    """``chosen`` carries milliseconds since the epoch, always ahead of now. Show it with ``open()``."""

    chosen = Signal(object)

    def __init__(self, now_ms: NowMs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Snooze"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._now_ms = now_ms
        heading = QLabel(self.tr("Bring it back when?"), self)
        heading.setProperty("role", "heading")
        today = QDateTime.fromMSecsSinceEpoch(now_ms()).date()
        self.date_field = QDateEdit(today.addDays(1), self)
        self.date_field.setCalendarPopup(True)
        self.date_field.setMinimumDate(today)
        self.date_field.setMaximumDate(QDate(today.year() + 5, 12, 31))
        self.date_field.setAccessibleName(self.tr("Day"))
        self.time_field = QTimeEdit(_MORNING, self)
        self.time_field.setAccessibleName(self.tr("Time"))
        self.time_field.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        note = QLabel(self.tr("It comes back sooner when they write."), self)
        note.setProperty("role", "small")
        self.trouble = QLabel(self.tr("That time is over. Choose one that is still ahead."), self)
        self.trouble.setProperty("role", "danger")
        self.trouble.hide()
        fields = QHBoxLayout()
        fields.addWidget(self.date_field, 2)
        fields.addWidget(self.time_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addLayout(fields)
        column.addWidget(note)
        column.addWidget(self.trouble)
        column.addSpacing(8)
        buttons, self.snooze_button = sheet_buttons(self, self.tr("Snooze"))
        column.addLayout(buttons)
        self.setMinimumWidth(340)

    def accept(self) -> None:
        """Take a time that is ahead, and close; say so of any other."""
        at = QDateTime(self.date_field.date(), self.time_field.time())
        at_ms = at.toMSecsSinceEpoch()
        if at_ms <= self._now_ms():
            self.trouble.show()
            self.time_field.setFocus()
            return
        self.chosen.emit(at_ms)
        super().accept()
