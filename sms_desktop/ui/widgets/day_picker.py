"""The calendar that leads to a day of the open conversation."""

from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.ui.models.message_days import MessageDays, moved
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.day_grid import DayGrid, PickerButton

_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -7,
    Qt.Key.Key_Down: 7,
}


class DayPicker(QFrame):
    """Floats inside of the window until one goes elsewhere; ``chosen`` carries a ``date`` with messages.

    It is no window of its own: Qt hides such popups from screen readers. Arrow keys go to the next day
    with messages, Page keys by months, with Shift by years.
    """

    chosen = Signal(object)

    def __init__(
        self, theme: Theme, moments: Moments, days: MessageDays, present: date, parent: QWidget
    ) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "popup")
        self.setAccessibleName(self.tr("Go to a day"))
        self._theme = theme
        self._moments = moments
        self._days = days
        self._present = present
        self._oldest = days.oldest() or present
        self._newest = days.newest() or present
        self._month = present.replace(day=1)
        self.month_label = QLabel(self)
        self.month_label.setProperty("role", "heading")
        self.earlier = self._arrow("chevron-left", self.tr("Earlier month"), "PgUp")
        self.later = self._arrow("chevron-right", self.tr("Later month"), "PgDown")
        self.grid = DayGrid(theme, moments, self)
        self.oldest_button = PickerButton(self.tr("Oldest message"), self)
        self.newest_button = PickerButton(self.tr("Newest message"), self)
        self._lay_out()
        self.grid.chosen.connect(self._choose)
        self.earlier.clicked.connect(lambda: self._turn(-1))
        self.later.clicked.connect(lambda: self._turn(1))
        self.oldest_button.clicked.connect(lambda: self._choose(self._oldest))
        self.newest_button.clicked.connect(lambda: self._choose(self._newest))
        self._show_month(self._month)

    def open_under(self, button: QWidget) -> None:
        """Show it under a button, inside of the window, with the present day in focus."""
        self.adjustSize()
        room = self._window.rect()
        corner = button.mapTo(self._window, QPoint(button.width(), button.height() + 4))
        left = max(0, min(corner.x(), room.width()) - self.width())
        self.move(left, max(0, min(corner.y(), room.height() - self.height())))
        self.show()
        self.raise_()
        self._focus_near(self._present)
        # Only while it is open: every event of the program comes by.
        if (application := QApplication.instance()) is not None:
            application.installEventFilter(self)

    def _lay_out(self) -> None:
        px = self._theme.px
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.earlier)
        head.addWidget(self.month_label, 1, Qt.AlignmentFlag.AlignCenter)
        head.addWidget(self.later)
        for button in (self.oldest_button, self.newest_button):
            button.setProperty("kind", "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
        foot.addWidget(self.oldest_button)
        foot.addStretch(1)
        foot.addWidget(self.newest_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(12), px(10), px(12), px(10))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.grid)
        column.addLayout(foot)

    def _arrow(self, drawing: str, name: str, keys: str) -> QPushButton:
        button = PickerButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        dress(button, self._theme, drawing, size=18)
        return button

    def _show_month(self, month: date) -> None:
        self._month = month
        first, last = DayGrid.span(month, self._moments.weekdays()[0][0])
        self.grid.show_month(month, self._days.within(first, last), self._present)
        self.month_label.setText(self._moments.month_label(month))
        self.earlier.setEnabled(month > self._oldest.replace(day=1))
        self.later.setEnabled(month < self._newest.replace(day=1))

    def _turn(self, months: int) -> None:
        """Show another month, between the first and the last with messages."""
        count = self._month.year * 12 + self._month.month - 1 + months
        edges = (self._oldest, self._newest)
        least, most = (edge.year * 12 + edge.month - 1 for edge in edges)
        count = max(least, min(most, count))
        self._show_month(date(count // 12, count % 12 + 1, 1))

    def _choose(self, day: date) -> None:
        self.close()
        self.chosen.emit(day)

    def _focus_near(self, day: date) -> None:
        """Focus the day, else the nearest that has messages, and show its month."""
        before, after = self._days.on_or_before(day), self._days.on_or_after(day)
        is_after_nearer = after is not None and (after.year, after.month) == (day.year, day.month)
        is_before_here = (
            before is not None and before.month == day.month and before.year == day.year
        )
        found = after if before is None or (is_after_nearer and not is_before_here) else before
        if found is None:
            return
        if (found.year, found.month) != (self._month.year, self._month.month):
            self._show_month(found.replace(day=1))
        self.grid.focus_day(found)

    def _step(self, by: int) -> None:
        """Go that many days on, and further to the next day that has messages."""
        day = self.grid.focused_day() or self._present
        there = moved(day, by)
        found = self._days.on_or_before(there) if by < 0 else self._days.on_or_after(there)
        self._focus_near(found or day)

    def _press_focused(self) -> None:
        focus = self.focusWidget()
        if isinstance(focus, QPushButton):
            focus.click()

    # What Qt calls.

    def event(self, event: QEvent) -> bool:
        """Escape is for the calendar here, not for the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whoever presses or goes elsewhere is done with it; nothing is kept from anybody."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            if isinstance(watched, QWidget) and not self._has(watched):
                self.close()
        elif kind == QEvent.Type.Resize and watched is self._window:
            self.close()
        return False

    def _has(self, widget: QWidget) -> bool:
        return widget is self or self.isAncestorOf(widget)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press between its buttons is for nobody else."""
        event.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Look at no more events."""
        if (application := QApplication.instance()) is not None:
            application.removeEventFilter(self)
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that move; Enter chooses, Escape closes."""
        key = event.key()
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        focused = self.grid.focused_day()
        if key in _STEPS:
            self._step(_STEPS[Qt.Key(key)])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            months = 12 if is_shifted else 1
            self._turn(-months if key == Qt.Key.Key_PageUp else months)
            self._focus_near(self._month.replace(day=min(28, (focused or self._present).day)))
        elif key == Qt.Key.Key_Home:
            self._focus_near(self._oldest)
        elif key == Qt.Key.Key_End:
            self._focus_near(self._newest)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._press_focused()
        elif key == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
