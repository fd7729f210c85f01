"""Asks when a text shall be sent, and lets one that waits be written anew."""

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDate, QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QTimeEdit,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.clock import NowMs
from sms_desktop.domain.scheduling import Clock, Moment, moment
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

_MORNING: Final = QTime(9, 0)


class ScheduleSheet(QDialog):
    """``chosen`` carries the text and milliseconds since the epoch. Show it with ``open()``.

    ``send_at_ms``: when a text that waits is to be sent now; ``None`` for a new one, whose text stays
    where it was written.
    """

    chosen = Signal(str, object)

    def __init__(
        self,
        theme: Theme,
        now_ms: NowMs,
        text: str,
        send_at_ms: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        is_new = send_at_ms is None
        title = self.tr("Send later") if is_new else self.tr("Change scheduled message")
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._now_ms = now_ms
        self._is_new = is_new
        heading = QLabel(title, self)
        heading.setProperty("role", "heading")
        self.text_field = QPlainTextEdit(text, self)
        self.text_field.setAccessibleName(self.tr("Message"))
        self.text_field.setTabChangesFocus(True)
        self.text_field.setFixedHeight(theme.px(90))
        self.text_field.setVisible(not is_new)
        self._build_fields(send_at_ms)
        self.note = QLabel(self)
        self.note.setProperty("role", "small")
        self.note.setWordWrap(True)
        self.trouble = QLabel(self)
        self.trouble.setProperty("role", "danger")
        self.trouble.setWordWrap(True)
        self.trouble.hide()
        fields = QHBoxLayout()
        fields.addWidget(self.date_field, 2)
        fields.addWidget(self.time_field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        column.addWidget(heading)
        column.addWidget(self.text_field)
        column.addLayout(fields)
        column.addWidget(self.note)
        column.addWidget(self.trouble)
        column.addSpacing(8)
        buttons, self.accept_button = sheet_buttons(
            self, self.tr("Schedule") if is_new else self.tr("Save")
        )
        column.addLayout(buttons)
        self.setFixedWidth(theme.px(400))
        self._tell()
        self.date_field.setFocus()

    def moment(self) -> Moment:
        """What the fields mean."""
        day, at = self.date_field.date(), self.time_field.time()
        wall = datetime(day.year(), day.month(), day.day(), at.hour(), at.minute())  # noqa: DTZ001
        return moment(wall)

    def accept(self) -> None:
        """Take a time that is ahead, and close; say so of any other."""
        chosen = self.moment()
        if chosen.at_ms <= self._now_ms():
            self._complain(self.tr("That time is over. Choose one that is still ahead."))
            self.time_field.setFocus()
            return
        text = self.text_field.toPlainText().strip()
        if not text:
            self._complain(self.tr("There is nothing to send."))
            self.text_field.setFocus()
            return
        self.chosen.emit(text, chosen.at_ms)
        super().accept()

    def _build_fields(self, send_at_ms: int | None) -> None:
        now = QDateTime.fromMSecsSinceEpoch(self._now_ms())
        at = QDateTime(now.date().addDays(1), _MORNING)
        if send_at_ms is not None:
            at = max(QDateTime.fromMSecsSinceEpoch(send_at_ms), now)
        self.date_field = QDateEdit(at.date(), self)
        self.date_field.setCalendarPopup(True)
        self.date_field.setMinimumDate(now.date())
        self.date_field.setMaximumDate(QDate(now.date().year() + 5, 12, 31))
        self.date_field.setAccessibleName(self.tr("Day"))
        self.time_field = QTimeEdit(at.time(), self)
        self.time_field.setAccessibleName(self.tr("Time"))
        self.date_field.dateChanged.connect(self._tell)
        self.time_field.timeChanged.connect(self._tell)

    def _tell(self) -> None:
        """What the clocks do at that time, and that the program has to run then."""
        self.trouble.hide()
        chosen = self.moment()
        zone = datetime.fromtimestamp(chosen.at_ms / 1000).astimezone().tzname() or ""
        words = {
            Clock.PLAIN: self.tr("By this computer's clock ({zone}). "),
            Clock.SKIPPED: self.tr(
                "The clocks go forward over this time; it is sent that much later ({zone}). "
            ),
            Clock.TWICE: self.tr(
                "The clocks go back, so this time comes twice; it is sent the first time ({zone}). "
            ),
        }
        runs = self.tr("SMS Desktop has to be running then; if it is not, you are asked.")
        self.note.setText(words[chosen.clock].replace("{zone}", zone) + runs)

    def _complain(self, sentence: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.show()
