"""A line to type in with its name above and its complaint beneath; and the one for secrets."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme


class Field(QWidget):
    """Takes the complaint back as soon as something is typed."""

    def __init__(self, theme: Theme, name: str, edit: QLineEdit, parent: QWidget) -> None:
        super().__init__(parent)
        self.edit = edit
        self._theme = theme
        self._label = QLabel(self)
        self._label.setBuddy(edit)
        self._complaint = QLabel(self)
        self._complaint.setProperty("role", "danger")
        self._complaint.setWordWrap(True)
        self._complaint.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addWidget(edit, 1)
        column.addWidget(self._label)
        column.addLayout(self._row)
        column.addWidget(self._complaint)
        edit.textEdited.connect(lambda: self.complain(""))
        self.rename(name)

    def put_beside(self, widget: QWidget) -> None:
        """Put a button beside the line."""
        self._row.addWidget(widget)

    @property
    def name(self) -> str:
        """What the field is called."""
        return self._label.text()

    @property
    def complaint(self) -> str:
        """The present complaint, or nothing."""
        return self._complaint.text()

    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.edit.text().strip()

    def rename(self, name: str) -> None:
        """Call the field something else."""
        self._label.setText(name)
        self.edit.setAccessibleName(name)

    def complain(self, sentence: str) -> None:
        """Say what is wrong with the field; the empty sentence takes it back."""
        self._complaint.setText(sentence)
        self._complaint.setFont(self._theme.font(9))
        self._complaint.setVisible(bool(sentence))
        self.edit.setAccessibleDescription(sentence)
        restyle(self.edit, invalid="true" if sentence else "false")


class SecretEdit(QLineEdit):
    """Shows dots; what is pasted loses the blanks and line ends that copying adds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self._before = ""
        self.textChanged.connect(self._strip_pasted)

    def _strip_pasted(self, text: str) -> None:
        before, self._before = self._before, text
        # Typing adds one character at a time; only a paste adds several.
        if len(text) - len(before) > 1 and text != text.strip():
            self.setText(text.strip())
