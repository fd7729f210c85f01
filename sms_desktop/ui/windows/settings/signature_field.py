"""Where a number's signature is typed, with what it costs on the air."""

from typing import Final

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from sms_desktop.domain import segments
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.composer_count import count_line

_ABOUT: Final = "Written on a line of its own beneath what you send from this number."


class SignatureField(QWidget):
    """May have lines; says what forces Unicode, since it would do so in every text."""

    def __init__(self, theme: Theme, signature: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QPlainTextEdit(signature, self)
        self.edit.setProperty("role", "field")
        self.edit.setAccessibleName("Signature")
        self.edit.setPlaceholderText("None")
        self.edit.setTabChangesFocus(True)
        self.edit.setFixedHeight(self.edit.fontMetrics().lineSpacing() * 2 + theme.px(26))
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self._theme = theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.edit)
        column.addWidget(self.hint)
        self.edit.textChanged.connect(self._show)
        self._show()

    def text(self) -> str:
        """What is typed."""
        return self.edit.toPlainText()

    def complain(self, sentence: str) -> None:
        """Say why it cannot be."""
        self._say(sentence, "danger")
        restyle(self.edit, invalid="true")
        self.edit.setFocus()

    def _show(self) -> None:
        line = count_line(self.text().strip())
        restyle(self.edit, invalid="false")
        if line.offenders:
            self._say(f"{line.offenders}, in every text that it is written beneath.", "warning")
        else:
            size = segments.count(self.text().strip()).units
            self._say(f"{_ABOUT} {size} characters." if size else _ABOUT, "small")

    def _say(self, sentence: str, role: str) -> None:
        self.hint.setText(sentence)
        self.hint.setFont(self._theme.font(9))
        restyle(self.hint, role=role)
        self.edit.setAccessibleDescription(sentence)
