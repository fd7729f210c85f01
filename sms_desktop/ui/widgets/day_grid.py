"""One month as six weeks of buttons; only days that have messages can be chosen."""

from collections.abc import Set as AbstractSet
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from sms_desktop.ui.models.message_days import moved
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme

_WEEKS = 6
_WEEK = 7


class PickerButton(QPushButton):
    """A button that leaves the keys that move to the calendar; Qt would go to a button nearby."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Only the space bar presses it by itself."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Select):
            super().keyPressEvent(event)
        else:
            event.ignore()


class DayGrid(QWidget):
    """``chosen`` carries the ``date``. Which day has the focus is told by ``focused_day``."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._first = date.min
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(2))
        self._weekdays = moments.weekdays()
        for column, (_, short, full) in enumerate(self._weekdays):
            head = QLabel(short, self)
            head.setProperty("role", "small")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setAccessibleName(full)
            grid.addWidget(head, 0, column)
        self.buttons = [self._button() for _ in range(_WEEKS * _WEEK)]
        for place, button in enumerate(self.buttons):
            grid.addWidget(button, 1 + place // _WEEK, place % _WEEK)

    @staticmethod
    def span(month: date, first_weekday: int) -> tuple[date, date]:
        """First and last day of the six weeks that show a month; ``first_weekday`` as ISO counts."""
        start = month.replace(day=1)
        first = moved(start, -((start.isoweekday() - first_weekday) % _WEEK))
        return first, moved(first, _WEEKS * _WEEK - 1)

    def show_month(self, month: date, with_messages: AbstractSet[date], present: date) -> None:
        """Show a month; ``present`` is the day that the reader comes from."""
        self._first, _ = self.span(month, self._weekdays[0][0])
        today = self._moments.today()
        for place, button in enumerate(self.buttons):
            day = moved(self._first, place)
            has_some = day in with_messages
            button.setText(str(day.day))
            button.setEnabled(has_some)
            state = "present" if day == present else "today" if day == today else "plain"
            is_outside = day.month != month.month
            restyle(button, day=state, outside=str(is_outside).lower())
            words = self._moments.whole_day(day)
            button.setAccessibleName(words if has_some else self._without(words))

    def focused_day(self) -> date | None:
        """The day whose button has the focus."""
        place = next((at for at, one in enumerate(self.buttons) if one.hasFocus()), None)
        return None if place is None else moved(self._first, place)

    def focus_day(self, day: date) -> bool:
        """Give the focus to a day; false where it is not shown or has no messages."""
        place = (day - self._first).days
        if not 0 <= place < len(self.buttons) or not self.buttons[place].isEnabled():
            return False
        self.buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def button_of(self, day: date) -> QPushButton:
        """The button of a day that is shown."""
        return self.buttons[(day - self._first).days]

    def _without(self, words: str) -> str:
        return self.tr("{day}, no messages").format(day=words)

    def _button(self) -> QPushButton:
        button = PickerButton(self)
        button.setProperty("kind", "day")
        # One stop for Tab: inside, the arrow keys go from day to day.
        button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        edge = self._theme.px(34)
        button.setFixedSize(edge, self._theme.px(30))
        button.clicked.connect(lambda: self._choose(button))
        return button

    def _choose(self, button: QPushButton) -> None:
        self.chosen.emit(moved(self._first, self.buttons.index(button)))
