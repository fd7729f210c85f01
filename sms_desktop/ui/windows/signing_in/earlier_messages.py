"""Which messages of before the sign-in shall be brought to this computer."""

from enum import StrEnum

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

_DAYS = 30


class Earlier(StrEnum):
    """The answers."""

    EVERYTHING = "everything"
    DAYS = "days"
    SINCE = "since"
    NOTHING = "nothing"


class EarlierMessages(QWidget):
    """One chip for each answer, and a date beside the one that needs it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = {
            Earlier.EVERYTHING: self.tr("Everything"),
            Earlier.DAYS: self.tr("Last {n} days").format(n=_DAYS),
            Earlier.SINCE: self.tr("Since a day"),
            Earlier.NOTHING: self.tr("Nothing"),
        }
        label = QLabel(self.tr("Earlier messages"), self)
        # One beneath the other: side by side they would not fit into a narrow window.
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        column.addWidget(label)
        column.addLayout(row)
        group = QButtonGroup(self)
        self.chips: dict[Earlier, QPushButton] = {}
        for answer, said in words.items():
            chip = QPushButton(said, self)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(f"{label.text()}: {said}")
            group.addButton(chip)
            row.addWidget(chip)
            self.chips[answer] = chip
        today = QDate.currentDate()
        self.date = QDateEdit(today.addMonths(-6), self)
        self.date.setCalendarPopup(True)
        self.date.setMaximumDate(today)
        for named in (self.date, self.date.lineEdit()):
            named.setAccessibleName(self.tr("Bring in messages since"))
        row.addStretch(1)
        column.addWidget(self.date, 0, Qt.AlignmentFlag.AlignLeft)
        self.chips[Earlier.EVERYTHING].setChecked(True)
        self.date.hide()
        self.chips[Earlier.SINCE].toggled.connect(self.date.setVisible)

    @property
    def since_ms(self) -> int | None:
        """From when on, in milliseconds since the epoch; ``None``: everything."""
        chosen = next(answer for answer, chip in self.chips.items() if chip.isChecked())
        today = QDate.currentDate()
        days = {
            Earlier.DAYS: today.addDays(-_DAYS),
            Earlier.SINCE: self.date.date(),
            Earlier.NOTHING: today.addDays(1),
        }
        day = days.get(chosen)
        return None if day is None else day.startOfDay().toMSecsSinceEpoch()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        self.setEnabled(not busy)
