"""The signature beneath the composer's field: seen before it is sent, and left off where unwanted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from sms_desktop.domain import segments
from sms_desktop.domain.signature import signed, unsigned
from sms_desktop.ui.theme.theme import Theme

_LEAVE_OFF = "Leave it off"
_PUT_BACK = "Put it back"


class SignatureLine(QWidget):
    """Hidden without a signature. ``changed``: the same text would be signed differently now."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._signature = ""
        self._is_off = False
        self._is_plain = False
        self.label = QLabel(self)
        self.label.setObjectName("signature")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setProperty("role", "muted")
        self.button = QPushButton(self)
        self.button.setProperty("kind", "link")
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.button.clicked.connect(self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.addWidget(self.label, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        theme.changed.connect(self._show)
        self._show()

    def set_signature(self, signature: str) -> None:
        """What the number signs with from now on; what was decided about another one is over."""
        if signature != self._signature:
            self._signature = signature
            self.start_over()

    def start_over(self) -> None:
        """The next message is signed again, as the number says."""
        self._is_off = self._is_plain = False
        self._show()

    def make_gsm7(self) -> None:
        """Sign this message with plain characters."""
        self._is_plain = True
        self._show()

    def sign(self, text: str) -> str:
        """The text as it is sent."""
        return signed(text, self._present())

    def unsign(self, text: str) -> str:
        """A text that comes back without what was put beneath it."""
        return unsigned(text, self._present())

    def _present(self) -> str:
        if self._is_off:
            return ""
        plain = segments.to_gsm7(self._signature) if self._is_plain else None
        return self._signature if plain is None else plain

    def _toggle(self) -> None:
        self._is_off = not self._is_off
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        words = self._present() if not self._is_off else self.tr("Sent without the signature")
        self.label.setText(words)
        self.label.setAccessibleName(self.tr("Signature: {words}").format(words=words))
        self.button.setText(self.tr(_PUT_BACK) if self._is_off else self.tr(_LEAVE_OFF))
        self.button.setAccessibleName(
            self.tr("Sign this message")
            if self._is_off
            else self.tr("Leave the signature off this message")
        )
        self.button.setFont(self._theme.font(9, 600))
        self.setVisible(bool(self._signature))
