"""Every text that waits for its time, and what can be done with it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.ui.delegates.notes import NoteAction
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.texts import shown_text
from sms_desktop.ui.ports import Reader
from sms_desktop.ui.theme.theme import Theme


class ScheduledWindow(QDialog):
    """``asked`` carries a ``NoteAction`` and a ``ScheduledMessage``; those that are late come first."""

    asked = Signal(object, object)
    all_sent_asked = Signal()

    def __init__(
        self, reader: Reader, theme: Theme, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Scheduled messages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._reader = reader
        self._theme = theme
        self._moments = moments
        self.rows: list[tuple[ScheduledMessage, dict[NoteAction, QPushButton]]] = []
        px = theme.px
        self.late_label = QLabel(self)
        self.late_label.setProperty("role", "warning")
        self.late_label.setWordWrap(True)
        self.all_now_button = self._button(self.tr("Send all now"), self.all_sent_asked.emit)
        self.keep_button = self._button(self.tr("Keep for later"), self.close)
        self._late = QWidget(self)
        late = QHBoxLayout(self._late)
        late.setContentsMargins(px(20), px(14), px(20), px(4))
        late.addWidget(self.late_label, 1)
        late.addWidget(self.keep_button)
        late.addWidget(self.all_now_button)
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        close = self._button(self.tr("Close"), self.close)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(6), px(20), px(16))
        foot.addStretch(1)
        foot.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._late)
        column.addWidget(self._area, 1)
        column.addLayout(foot)
        self.resize(px(620), px(460))
        self.look()

    def look(self) -> None:
        """Read the list anew."""
        found = self._reader.scheduled()
        found.sort(key=lambda one: not one.held)
        if [one for one, _ in self.rows] == found and self._area.widget() is not None:
            return
        self._show(found)
        late = sum(bool(one.held) for one in found)
        self._late.setVisible(late > 0)
        words = (
            self.tr("1 message was not sent at its time.")
            if late == 1
            else self.tr("{n} messages were not sent at their time.").replace("{n}", str(late))
        )
        self.late_label.setText(words)

    def _show(self, found: Sequence[ScheduledMessage]) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        px = self._theme.px
        column.setContentsMargins(px(20), px(12), px(20), px(12))
        column.setSpacing(px(10))
        self.rows = []
        for one in found:
            column.addWidget(self._row(one, inside))
        if not found:
            none = QLabel(self.tr("Nothing is scheduled. Use the arrow beside Send."), inside)
            none.setProperty("role", "muted")
            column.addWidget(none)
        column.addStretch(1)
        self._area.setWidget(inside)

    def _row(self, one: ScheduledMessage, parent: QWidget) -> QWidget:
        card = QFrame(parent)
        card.setProperty("role", "card")
        px = self._theme.px
        name = shown_name(self._reader.contact_name(one.remote), one.remote)
        when = self._moments.ahead(one.send_at_ms)
        head = QLabel(f"{when} · {name}", card)
        head.setProperty("role", "heading")
        from_ = QLabel(self.tr("From {number}").format(number=shown_number(one.local)), card)
        from_.setProperty("role", "small")
        text = QLabel(shown_text(one.text), card)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(14), px(10), px(14), px(10))
        column.setSpacing(px(4))
        for part in (head, from_, text):
            column.addWidget(part)
        if one.held:
            held = QLabel(one.held, card)
            held.setProperty("role", "warning")
            held.setWordWrap(True)
            column.addWidget(held)
        buttons = self._buttons(one, card, f"{when}, {name}")
        row = QHBoxLayout()
        row.addStretch(1)
        for button in buttons.values():
            row.addWidget(button)
        column.addLayout(row)
        self.rows.append((one, buttons))
        return card

    def _buttons(
        self, one: ScheduledMessage, card: QWidget, which: str
    ) -> dict[NoteAction, QPushButton]:
        words = {
            NoteAction.CANCEL: self.tr("Cancel message"),
            NoteAction.CHANGE: self.tr("Change…"),
            NoteAction.SEND_NOW: self.tr("Send now"),
        }
        made = {}
        for action, text in words.items():
            button = QPushButton(text, card)
            button.setAutoDefault(False)
            button.setAccessibleName(f"{text}: {which}")
            button.clicked.connect(
                lambda _checked=False, action=action: self.asked.emit(action, one)
            )
            made[action] = button
        return made

    def _button(self, text: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button
