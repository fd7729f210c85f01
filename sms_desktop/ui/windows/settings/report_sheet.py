"""Shows the diagnostic report before anything of it is copied: what is seen is what is copied."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons

_ABOUT = (
    "This is all that will be copied. Phone numbers, addresses and secrets have been taken out, "
    "and no message is in it."
)


class ReportSheet(QDialog):
    """Show it with ``open()``; the text cannot be changed, and accepting copies it."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Diagnostic report")
        about = QLabel(_ABOUT, self)
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        self.text_field = QPlainTextEdit(text, self)
        self.text_field.setReadOnly(True)
        self.text_field.setAccessibleName("Diagnostic report")
        buttons, self.copy_button = sheet_buttons(self, "Copy")
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(10)
        column.addWidget(about)
        column.addWidget(self.text_field, 1)
        column.addLayout(buttons)
        room = self.screen().availableSize() * 0.85
        self.resize(min(theme.px(640), room.width()), min(theme.px(460), room.height()))
        self.accepted.connect(self._copy)
        self.finished.connect(self.deleteLater)
        self.copy_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text_field.toPlainText())
