"""The row at the foot of a sheet: Cancel, and the button that Enter presses."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton


def sheet_buttons(sheet: QDialog, words: str) -> tuple[QHBoxLayout, QPushButton]:
    """The row, and its button that accepts the sheet and says ``words``."""
    cancel = QPushButton("Cancel", sheet)
    cancel.setAutoDefault(False)
    cancel.clicked.connect(sheet.reject)
    accept = QPushButton(words, sheet)
    accept.setProperty("kind", "primary")
    accept.setDefault(True)
    accept.clicked.connect(sheet.accept)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(cancel)
    row.addWidget(accept)
    return row, accept
