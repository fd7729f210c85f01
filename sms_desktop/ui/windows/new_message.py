"""The sheet that starts a conversation, or sends one text to several people: from whom, and to whom."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from sms_desktop.domain import segments
from sms_desktop.domain.account import NumberKey, OwnNumber
from sms_desktop.domain.address import Address
from sms_desktop.ui.models.people import People
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.composer_count import ComposerCount
from sms_desktop.ui.widgets.composer_field import ComposerField
from sms_desktop.ui.widgets.dot import dot_icon
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.widgets.recipients.chooser import RecipientsChooser
from sms_desktop.ui.widgets.sender_pill import number_label
from sms_desktop.ui.widgets.signature_line import SignatureLine
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons
from sms_desktop.ui.windows.window_placement import bound

_MESSAGE_HEIGHT: Final = 120
_WIDTH: Final = 480

LastSender = Callable[[Address], NumberKey | None]
"""The own number that somebody was texted from last; ``None`` for a stranger."""


class NewMessageSheet(QDialog):
    """One recipient leads to the conversation; for several the text is written here.

    Show it with ``open()``.
    """

    started = Signal(OwnNumber, str, str)
    """Own number, canonical destination, text to begin with."""
    several_started = Signal(OwnNumber, tuple, str)
    """Own number, canonical destinations, text to send to each."""

    def __init__(
        self,
        theme: Theme,
        numbers: Sequence[OwnNumber],
        people: People,
        regions: Sequence[str] = (),
        preferred: OwnNumber | None = None,
        last_sender: LastSender | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New message")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self._body = ""
        self._last_sender = last_sender
        self.sender_box = QComboBox(self)
        self.sender_box.setAccessibleName("From")
        self.sender_box.setMinimumContentsLength(12)
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.sender_box.setSizeAdjustPolicy(policy)
        for number in numbers:
            self.sender_box.addItem(dot_icon(theme, number.colour), number_label(number), number)
        at = next((i for i, n in enumerate(numbers) if n == preferred), 0)
        self.sender_box.setCurrentIndex(at)
        self._began_at = at
        self.recipients = RecipientsChooser(theme, people, regions, self)
        self.to_field = self.recipients.edit
        self.body_label = ElidedLabel(self, "muted")
        self.message_field = ComposerField(self)
        self.message_field.setPlaceholderText("Write one message to all of them")
        self.signature = SignatureLine(theme, self)
        self.count = ComposerCount(theme, self)
        self._lay_out()
        self._wire()
        self._on_sender()
        self.to_field.setFocus()

    def fill(self, to: Sequence[str], body: str) -> None:
        """Begin with destinations and a text, as from a link; nothing is sent by this."""
        self._body = body
        self.message_field.setPlainText(body)
        self.body_label.set_full_text(f"Begins with “{body}”" if body else "")
        self.recipients.fill(to)
        self._show_parts()

    def chosen_sender(self) -> OwnNumber | None:
        """The chosen own number; its address is ``default`` where Kandy shall choose."""
        chosen: OwnNumber | None = self.sender_box.currentData()
        return chosen

    def _lay_out(self) -> None:
        heading = QLabel("New message", self)
        heading.setProperty("role", "title")
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(1, 1)
        for row, (text, field) in enumerate((("From", self.sender_box), ("To", self.recipients))):
            label = QLabel(text, self)
            label.setProperty("role", "muted")
            label.setBuddy(field)
            label.setContentsMargins(0, 7, 0, 0)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(heading)
        column.addLayout(grid, 1)
        column.addWidget(self.body_label)
        column.addWidget(self.message_field)
        column.addWidget(self.signature)
        column.addWidget(self.count, 0, Qt.AlignmentFlag.AlignRight)
        buttons, self.start_button = sheet_buttons(self, "Write (Enter)")
        column.addLayout(buttons)
        self._measure()

    def _wire(self) -> None:
        self.recipients.changed.connect(self._on_recipients)
        self.recipients.finished.connect(self._on_finished)
        # First of all: what follows looks at the recipients again.
        self.sender_box.currentIndexChanged.connect(self._keep_sender)
        self.sender_box.currentIndexChanged.connect(self._on_sender)
        self.message_field.textChanged.connect(self._show_parts)
        self.message_field.enter_pressed.connect(self.accept)
        self.signature.changed.connect(self._show_parts)
        self.count.gsm7_chosen.connect(self._make_gsm7)
        self._theme.changed.connect(self._measure)

    def _on_sender(self) -> None:
        own = self.chosen_sender()
        self.signature.set_signature(own.signature if own else "")
        self.recipients.set_sender(own.number if own else None)

    def _keep_sender(self) -> None:
        """What a person has chosen here stays."""
        self._last_sender = None

    def _on_recipients(self) -> None:
        self._take_last_sender()
        self._show_parts()

    def _take_last_sender(self) -> None:
        """Go on with somebody from the number that was used last; with others as it began."""
        people, find = self.recipients.addresses, self._last_sender
        before = self.sender_box.currentIndex()
        if find is None or (at := self._at_last_sender(people, find)) == before:
            return
        # Another number may be of another country, where the same digits mean somebody else.
        self._last_sender = None
        self.sender_box.setCurrentIndex(at)
        if self.recipients.addresses != people:
            self.sender_box.setCurrentIndex(before)
        self._last_sender = find

    def _at_last_sender(self, people: Sequence[Address], find: LastSender) -> int:
        key = find(people[0]) if len(people) == 1 else None
        keys = [self.sender_box.itemData(at).key for at in range(self.sender_box.count())]
        return keys.index(key) if key in keys else self._began_at

    def _make_gsm7(self) -> None:
        self.signature.make_gsm7()
        plain = segments.to_gsm7(self.message_field.toPlainText())
        if plain is not None:
            self.message_field.replace_all(plain)
        self._show_parts()

    def _on_finished(self) -> None:
        """Enter after the last recipient."""
        if len(self.recipients.addresses) > 1:
            self.message_field.setFocus()
        else:
            self.accept()

    def _show_parts(self) -> None:
        """For several people the text is written here."""
        people = self.recipients.addresses
        several = len(people) > 1
        text = self.message_field.toPlainText()
        self.message_field.setVisible(several)
        self.count.setVisible(several and bool(text))
        own = self.chosen_sender()
        self.signature.setVisible(several and own is not None and bool(own.signature))
        self.count.show_text(self.signature.sign(text) if several and text else "")
        self.count.set_short(self.count.full_width() > self.width() - 44)
        self.body_label.setVisible(bool(self._body) and not several)
        self.start_button.setText(f"Send to {len(people)}" if several else "Write (Enter)")
        is_written = bool(text.strip()) or not several
        is_ready = bool(people) and self.recipients.is_clear and is_written
        self.start_button.setEnabled(is_ready and own is not None)
        self._fit()

    def _measure(self) -> None:
        px = self._theme.px
        room = self.screen().availableGeometry()
        self.setMinimumWidth(min(px(_WIDTH), room.width() - 40))
        self.message_field.set_limit(px(_MESSAGE_HEIGHT))
        self._fit()

    def _fit(self) -> None:
        """As high as what is shown needs, and the screen allows.

        A layout does not grow its window by itself; where there is no room the list gives way.
        """
        layout = self.layout()
        if layout is None:
            return
        layout.activate()
        needed = layout.totalMinimumHeightForWidth(self.width())
        if self.height() < needed:
            self.resize(self.width(), needed)
        bound(self)

    def event(self, event: QEvent) -> bool:
        """Words that wrap elsewhere need another height."""
        result = super().event(event)
        if event.type() in (QEvent.Type.Show, QEvent.Type.LayoutRequest):
            self._fit()
        return result

    def accept(self) -> None:
        """Take the answer and close."""
        own, people = self.chosen_sender(), self.recipients.addresses
        if own is None or not people or not self.start_button.isEnabled():
            return
        super().accept()
        if len(people) > 1:
            text = self.signature.sign(self.message_field.toPlainText().strip())
            self.several_started.emit(own, tuple(people), text)
        else:
            self.started.emit(own, str(people[0]), self._body)
