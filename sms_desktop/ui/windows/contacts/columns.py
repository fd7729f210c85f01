"""What the columns of a table hold: as it was guessed, and as the person corrects it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from sms_desktop.domain.contact_card import Column, Table
from sms_desktop.ui.models.contact_words import column_words
from sms_desktop.ui.theme.theme import Theme

_LONGEST = 40


class ColumnChoices(QScrollArea):
    """A row for each column: its heading, a cell of it, and what it holds."""

    changed = Signal()

    def __init__(self, theme: Theme, table: Table, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Columns"))
        self._inside = inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, theme.px(8), 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnStretch(1, 1)
        self.boxes: list[QComboBox] = []
        for at, column in enumerate(table.columns):
            heading = table.header[at] if table.header else ""
            name = _short(heading) or self.tr("Column {number}").format(number=at + 1)
            sample = next((row[at] for row in table.rows[:50] if row[at]), "")
            box = QComboBox(inside)
            box.setAccessibleName(self.tr("What “{column}” holds").format(column=name))
            for one in Column:
                box.addItem(column_words(one), one)
            box.setCurrentIndex(list(Column).index(column))
            box.currentIndexChanged.connect(lambda *_: self.changed.emit())
            self.boxes.append(box)
            for place, words in enumerate((name, _short(sample))):
                label = QLabel(words, inside)
                label.setTextFormat(Qt.TextFormat.PlainText)
                label.setProperty("role", "" if place == 0 else "muted")
                grid.addWidget(label, at, place)
            grid.addWidget(box, at, 2)
        grid.setRowStretch(len(self.boxes), 1)
        self.setWidget(inside)

    def fit(self, highest: int) -> None:
        """As high as the rows, at most so many pixels."""
        self.setFixedHeight(min(highest, self._inside.sizeHint().height()))

    def columns(self) -> tuple[Column, ...]:
        """What each holds, as chosen."""
        return tuple(Column(box.currentData()) for box in self.boxes)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
