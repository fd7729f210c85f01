"""The sheet that starts a conversation: which own number writes, and to whom."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.ui.destination import Destination, Verdict, destination
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import dot_icon
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.widgets.sender_pill import number_label
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

_ROLES: Final = {
    Verdict.EMPTY: "small",
    Verdict.INCOMPLETE: "small",
    Verdict.GOOD: "success",
    Verdict.UNSURE: "warning",
    Verdict.WRONG: "danger",
}


class NewMessageSheet(QDialog):
    """Says while it is typed whether a destination can be texted. Show it with ``open()``."""

    started = Signal(OwnNumber, str, str)
    """Own number, canonical destination, text to begin with."""

    def __init__(
        self,
        theme: Theme,
        numbers: Sequence[OwnNumber],
        preferred: Address | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New message")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._body = ""
        self._judged = destination("")
        self.sender_box = QComboBox(self)
        self.sender_box.setAccessibleName("From")
        for number in numbers:
            self.sender_box.addItem(dot_icon(theme, number.colour), number_label(number), number)
        at = next((i for i, n in enumerate(numbers) if n.number == preferred), 0)
        self.sender_box.setCurrentIndex(at)
        self.sender_box.currentIndexChanged.connect(self._judge)
        self.to_field = QLineEdit(self)
        self.to_field.setAccessibleName("To")
        self.to_field.setPlaceholderText("+1 613 123 4567, 6131234567, tel:… or a short code")
        self.to_field.textChanged.connect(self._judge)
        self.verdict_label = QLabel(self)
        self.verdict_label.setWordWrap(True)
        self.body_label = ElidedLabel(self, "muted")
        self._lay_out()
        self._judge()
        self.to_field.setFocus()

    def fill(self, to: str, body: str) -> None:
        """Begin with a destination and a text, as from a link; nothing is sent by this."""
        self.to_field.setText(to)
        self._body = body
        self.body_label.set_full_text(f"Begins with “{body}”" if body else "")
        self.body_label.setVisible(bool(body))

    @property
    def judged(self) -> Destination:
        """What is thought of the present destination."""
        return self._judged

    def chosen_sender(self) -> OwnNumber | None:
        """The chosen own number."""
        chosen: OwnNumber | None = self.sender_box.currentData()
        return chosen

    def _lay_out(self) -> None:
        heading = QLabel("New message", self)
        heading.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        for row, (text, field) in enumerate((("From", self.sender_box), ("To", self.to_field))):
            label = QLabel(text, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        grid.addWidget(self.verdict_label, 2, 1)
        grid.addWidget(self.body_label, 3, 1)
        self.body_label.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addLayout(grid)
        column.addStretch(1)
        buttons, self.start_button = sheet_buttons(self, "Write (Enter)")
        column.addLayout(buttons)
        self.setMinimumWidth(460)

    def _judge(self) -> None:
        own = self.chosen_sender()
        self._judged = destination(self.to_field.text(), own.number if own else None)
        self.verdict_label.setText(self._judged.sentence)
        self.verdict_label.setFont(self._theme.font(9))
        restyle(self.verdict_label, role=_ROLES[self._judged.verdict])
        wrong = self._judged.verdict is Verdict.WRONG
        restyle(self.to_field, invalid="true" if wrong else "false")
        self.start_button.setEnabled(self._judged.address is not None and own is not None)

    def accept(self) -> None:
        """Take the answer and close."""
        own = self.chosen_sender()
        if own is None or self._judged.address is None:
            return
        super().accept()
        self.started.emit(own, str(self._judged.address), self._body)
