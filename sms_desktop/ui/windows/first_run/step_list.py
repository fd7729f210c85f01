"""Where one is in the first run: the steps with their numbers, done ones with a tick."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme


class StepMark(QWidget):
    """A number in a circle, or a tick."""

    def __init__(self, theme: Theme, number: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = number
        self._is_done = False
        self._is_current = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_state(self, *, done: bool, current: bool) -> None:
        """How far this step is."""
        self._is_done, self._is_current = done, current
        self.update()

    def sizeHint(self) -> QSize:
        """What suits it."""
        return QSize(self._theme.px(26), self._theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled where one is, outlined else."""
        theme, painter = self._theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        circle = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_filled = self._is_current
        ink = "on_accent" if is_filled else "success" if self._is_done else "text_muted"
        edge = "accent" if is_filled else "success" if self._is_done else "border_strong"
        painter.setPen(QPen(theme.colour(edge), 1.4))
        painter.setBrush(theme.colour("accent" if is_filled else "window"))
        painter.drawEllipse(circle)
        pen = QPen(theme.colour(ink), float(theme.px(2)))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._is_done and not is_filled:
            unit = circle.width() / 26
            points = ((8, 13.4), (11.6, 17), (18, 9.6))
            places = [circle.topLeft() + QPointF(x * unit, y * unit) for x, y in points]
            painter.drawPolyline(places)
        else:
            painter.setFont(theme.font(9.5, 600))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepList(QFrame):
    """At the left of the steps."""

    def __init__(self, theme: Theme, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self._theme = theme
        self._names = tuple(names)
        self._marks: list[StepMark] = []
        self._labels: list[QLabel] = []
        self._at = 0
        self._column = QVBoxLayout(self)
        for number, name in enumerate(names, 1):
            mark, label = StepMark(theme, number, self), QLabel(name, self)
            row = QHBoxLayout()
            row.setSpacing(11)
            row.addWidget(mark)
            row.addWidget(label, 1)
            self._column.addLayout(row)
            self._marks.append(mark)
            self._labels.append(label)
        self._column.addStretch(1)
        theme.changed.connect(self._measure)
        self._measure()

    def show_step(self, at: int) -> None:
        """The steps before are done, the ones behind still to come."""
        self._at = at
        for place, (mark, label) in enumerate(zip(self._marks, self._labels, strict=True)):
            is_current = place == at
            mark.show_state(done=place < at, current=is_current)
            # The style puts back the font of before: the new one comes after it.
            restyle(label, role="" if is_current else "muted")
            label.setFont(self._theme.font(10, 600 if is_current else 400))
            state = "now" if is_current else "done" if place < at else "to come"
            label.setAccessibleName(f"Step {place + 1}: {self._names[place]}, {state}")
        self.setAccessibleName(f"Step {at + 1} of {len(self._names)}: {self._names[at]}")

    def _measure(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(18), px(24), px(16), px(18))
        self._column.setSpacing(px(16))
        self.setFixedWidth(px(190))
        self.show_step(self._at)
