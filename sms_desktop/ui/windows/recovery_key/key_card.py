"""The four lines of the key, large, and what can be done with them."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextDocument
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.recovery_key.note import note_html, save_note

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

_FILE_NAME: Final = "sms-desktop-recovery-key.txt"
# Clipboard histories leave out what is marked so.
_SECRET_HINT: Final = ("x-kde-passwordManagerHint", b"secret")


class KeyCard(QWidget):
    """Empty until ``show_key``; what was done is said beneath."""

    taken = Signal()
    """The key was copied, saved or printed."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = ""
        card = QFrame(self)
        card.setProperty("role", "card")
        self.key_label = QLabel(card)
        flags = Qt.TextInteractionFlag
        self.key_label.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        self.key_label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(*(theme.px(edge) for edge in (18, 20, 18, 20)))
        inside.addWidget(self.key_label)
        self.copy_button = self._button("Copy", "copy", self._copy)
        self.save_button = self._button("Save as file…", "save", self.choose_file)
        self.print_button = self._button("Print…", "print", self.choose_printer)
        self.print_button.setVisible(_can_print())
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        for button in (self.copy_button, self.save_button, self.print_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.outcome = QLabel(self)
        self.outcome.setWordWrap(True)
        self.outcome.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(10))
        column.addWidget(card)
        column.addLayout(buttons)
        column.addWidget(self.outcome)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_key("")

    def show_key(self, key: str) -> None:
        """Show these four lines; the empty text shows none."""
        self._key = key
        self.key_label.setText(key or "\n\n\n")
        self.key_label.setAccessibleName(f"Recovery key: {_spelled(key)}" if key else "")
        for button in (self.copy_button, self.save_button, self.print_button):
            button.setEnabled(bool(key))

    def choose_file(self) -> QFileDialog:
        """Ask where the note shall be."""
        dialog = QFileDialog(self.window(), "Save the recovery key", str(Path.home()))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["Text (*.txt)"])
        dialog.setDefaultSuffix("txt")
        dialog.selectFile(_FILE_NAME)
        dialog.fileSelected.connect(self.save_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog

    def save_to(self, name: str) -> None:
        """Save the note."""
        trouble = save_note(Path(name), self._key)
        self._say(trouble or f"Saved as {Path(name).name}.", is_trouble=bool(trouble))

    def choose_printer(self) -> "QPrintDialog":
        """Ask which printer."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter()
        printer.setDocName("SMS Desktop recovery key")
        dialog = QPrintDialog(printer, self.window())
        dialog.accepted.connect(lambda: self.print_on(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setWindowModality(Qt.WindowModality.WindowModal)
        dialog.show()
        return dialog

    def print_on(self, printer: "QPrinter") -> None:
        """Print the note."""
        document = QTextDocument()
        document.setHtml(note_html(self._key))
        document.print_(printer)
        self._say("Sent to the printer.")

    def _copy(self) -> None:
        data = QMimeData()
        data.setText(self._key)
        data.setData(*_SECRET_HINT)
        QApplication.clipboard().setMimeData(data)
        self._say("Copied. Paste it where you keep your passwords.")

    def _say(self, sentence: str, *, is_trouble: bool = False) -> None:
        self.outcome.setText(sentence)
        restyle(self.outcome, role="danger" if is_trouble else "success")
        if not is_trouble:
            self.taken.emit()

    def _button(self, text: str, drawing: str, act: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        dress(button, self._theme, drawing, size=16)
        button.clicked.connect(act)
        return button

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._theme.font(15).pointSizeF())
        self.key_label.setFont(font)


def _can_print() -> bool:
    try:
        from PySide6 import QtPrintSupport
    except ImportError:  # a system without the libraries that printing needs
        return False
    return QtPrintSupport is not None


def _spelled(key: str) -> str:
    lines = (line.split() for line in key.splitlines())
    return ". ".join(", ".join(" ".join(group) for group in groups) for groups in lines)
