"""Where a text is written: one draft per conversation, Enter sends, nothing typed is ever lost.

Reads nothing and waits for nothing; what the person does goes out through `Commands`.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain import segments
from sms_desktop.domain.ids import ConversationId
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.composer_count import ComposerCount
from sms_desktop.ui.widgets.composer_field import ComposerField
from sms_desktop.ui.widgets.send_later_button import LaterButton
from sms_desktop.ui.widgets.signature_line import SignatureLine

DRAFT_DELAY_MS = 400
_COUNT_AT_ONCE = 4000
_WAITS = "What you send waits until you sign in again."
_HINT = "Enter to send · Shift+Enter for a new line"


class Composer(QWidget):
    """The field, Send, and beneath them a hint and the size of the text."""

    sent = Signal(str)

    def __init__(self, commands: Commands, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("composer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._commands = commands
        self._theme = theme
        self._conversation: ConversationId | None = None
        # What this window knows of drafts is newer than what the store has already committed.
        self._drafts: dict[ConversationId, str] = {}
        self._notices: dict[ConversationId, str] = {}
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_DELAY_MS)
        self._draft_timer.timeout.connect(self.keep_draft)
        self._count_timer = QTimer(self, singleShot=True, interval=60)
        self._count_timer.timeout.connect(self._count)
        self._build()
        self.setEnabled(False)

    @property
    def conversation_id(self) -> ConversationId | None:
        """The conversation that is written to."""
        return self._conversation

    def open(self, conversation_id: ConversationId, stored_draft: str) -> None:
        """Write to another conversation; the text of the one before is kept as its draft."""
        self.keep_draft()
        self._conversation = conversation_id
        self._show(self._drafts.setdefault(conversation_id, stored_draft))
        self._show_notice(self._notices.get(conversation_id, ""))
        self.signature.start_over()
        self._count()
        self.setEnabled(True)

    def set_sender(self, signature: str, cannot_send: str) -> None:
        """What the own number writes beneath a text, and why nothing can leave from it now."""
        self.signature.set_signature(signature)
        self.waiting.setText(f"{cannot_send} {_WAITS}" if cannot_send else "")
        self.waiting.setVisible(bool(cannot_send))
        self._count()

    def close_conversation(self) -> None:
        """Write to nobody."""
        self.keep_draft()
        self._conversation = None
        self._show("")
        self._show_notice("")
        self.setEnabled(False)

    def forget(self, conversation_id: ConversationId) -> None:
        """A conversation was deleted, and what was written there with it."""
        if conversation_id != self._conversation:
            self._drafts.pop(conversation_id, None)
            self._notices.pop(conversation_id, None)

    def keep_draft(self) -> None:
        """Hand the text to the store now, if it is not there yet."""
        self._draft_timer.stop()
        if self._conversation is None:
            return
        text = self.field.toPlainText()
        if text != self._drafts.get(self._conversation, ""):
            self._drafts[self._conversation] = text
            self._commands.set_draft(self._conversation, text)

    def begin_with(self, text: str) -> None:
        """Put a text in front of what is written; used for links and for texts that came back."""
        present = self.field.toPlainText()
        self.field.replace_all(f"{text}\n{present}" if present.strip() else text)

    def begin_with_care(self, text: str) -> None:
        """As ``begin_with``, and say so where another text waits there already."""
        present = self.field.toPlainText().strip()
        if not text or text.strip() == present:
            return
        self.begin_with(text)
        if present:
            self._show_notice("Your unfinished text is still here, below the new one.")

    def take_text(self) -> str:
        """What is written, which is then no draft of this conversation any more."""
        text = self.field.toPlainText()
        self._show("")
        self.keep_draft()
        return text

    def take_back(self, conversation_id: ConversationId, text: str, sentence: str) -> None:
        """A text that could not be kept returns here, with the reason beside it."""
        self._notices[conversation_id] = sentence
        if conversation_id == self._conversation:
            self.begin_with(self.signature.unsign(text))
            self.keep_draft()
            self._show_notice(sentence)
            return
        present = self._drafts.get(conversation_id, "")
        self._drafts[conversation_id] = f"{text}\n{present}" if present else text
        self._commands.set_draft(conversation_id, self._drafts[conversation_id])

    def set_limit(self, limit_px: int) -> None:
        """How high the field may grow, in pixels."""
        self.field.set_limit(limit_px)

    def send(self) -> None:
        """Send what is written; blanks alone are not a message."""
        conversation, text = self._conversation, self.take_for_sending()
        if conversation is not None and text:
            self._commands.send(conversation, text)
            self.sent.emit(text)

    def take_for_sending(self) -> str:
        """What is written, with its signature, and the field is empty; nothing where it is blank."""
        self.field.finish_composing()
        text = self.field.toPlainText().strip()
        if self._conversation is None or not text:
            return ""
        text = self.signature.sign(text)
        self.signature.start_over()
        self._draft_timer.stop()
        self._drafts[self._conversation] = ""
        self._notices.pop(self._conversation, None)
        self._show_notice("")
        self._show("")
        return text

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.field, self.send_button, self.later_button, self.count.fix]

    def _build(self) -> None:
        self.notice = QLabel(self)
        self.notice.setProperty("role", "danger")
        self.notice.setWordWrap(True)
        self.notice.hide()
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.waiting = QLabel(self)
        self.waiting.setProperty("role", "warning")
        self.waiting.setWordWrap(True)
        self.waiting.hide()
        self.field = ComposerField(self)
        self.signature = SignatureLine(self._theme, self)
        self.signature.changed.connect(self._count)
        self.field.setPlaceholderText("Write a message")
        self.send_button = QPushButton("Send", self)
        self.send_button.setProperty("kind", "primary")
        self.send_button.setToolTip("Send (Enter)")
        self.send_button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.later_button = LaterButton(self._theme, self)
        self.hint = QLabel(_HINT, self)
        self.hint.setProperty("role", "small")
        self.count = ComposerCount(self._theme, self)
        self.field.enter_pressed.connect(self.send)
        self.field.line_height_changed.connect(self.send_button.setMinimumHeight)
        self.field.line_height_changed.connect(self.later_button.setMinimumHeight)
        self.field.textChanged.connect(self._on_text)
        self.send_button.clicked.connect(self.send)
        self.count.gsm7_chosen.connect(self._make_gsm7)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        row.addWidget(self.send_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self.later_button, 0, Qt.AlignmentFlag.AlignBottom)
        under = QHBoxLayout()
        under.setContentsMargins(4, 0, 4, 0)
        under.addWidget(self.hint)
        under.addStretch(1)
        under.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 8)
        column.setSpacing(6)
        column.addWidget(self.notice)
        column.addWidget(self.waiting)
        column.addLayout(row)
        column.addWidget(self.signature)
        column.addLayout(under)

    def _show(self, text: str) -> None:
        blocked = self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.blockSignals(blocked)
        self._count()

    def _show_notice(self, sentence: str) -> None:
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def _on_text(self) -> None:
        self._draft_timer.start()
        # Counting is linear: for a pasted book it waits until the typing pauses.
        if self.field.document().characterCount() < _COUNT_AT_ONCE:
            self._count()
        else:
            self._count_timer.start()

    def _count(self) -> None:
        self._count_timer.stop()
        text = self.field.toPlainText()
        for button in (self.send_button, self.later_button):
            button.setEnabled(self._conversation is not None and bool(text.strip()))
        self.count.show_text(self.signature.sign(text))
        self._make_room()

    def _make_room(self) -> None:
        """The hint gives way to the count where both do not fit, then the count gets shorter."""
        room = self.width() - 36
        count = self.count.full_width()
        self.count.set_short(count > room)
        self.hint.setVisible(count + self.hint.sizeHint().width() + 12 <= room)

    def _make_gsm7(self) -> None:
        self.signature.make_gsm7()
        plain = segments.to_gsm7(self.field.toPlainText())
        if plain is not None:
            self.field.replace_all(plain)
        self._count()
        self.field.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._make_room()
