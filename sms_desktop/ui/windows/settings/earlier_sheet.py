"""The sheet that brings earlier messages of an account to this computer, also for a second time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.ui.windows.settings.account_card import called
from sms_desktop.ui.windows.sheet_buttons import sheet_buttons
from sms_desktop.ui.windows.signing_in.earlier_messages import Earlier, EarlierMessages


class EarlierSheet(QDialog):
    """``wanted`` carries from when on, in milliseconds since the epoch, or ``None`` for all.

    Show it with ``open()``.
    """

    wanted = Signal(object)

    def __init__(self, account: Account, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Earlier messages"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        heading = QLabel(self.tr("Bring earlier messages to this computer"), self)
        heading.setProperty("role", "heading")
        about = QLabel(
            self.tr(
                "Kandy is asked for the history of {account}. What is here already stays as it is "
                "and comes no second time."
            ).format(account=called(account)),
            self,
        )
        about.setProperty("role", "small")
        about.setWordWrap(True)
        self.earlier = EarlierMessages(self)
        # Whoever wants nothing presses Cancel.
        self.earlier.chips[Earlier.NOTHING].hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(22, 18, 22, 18)
        column.setSpacing(8)
        for part in (heading, about, self.earlier):
            column.addWidget(part)
        column.addSpacing(8)
        buttons, self.bring_button = sheet_buttons(self, self.tr("Bring them in"))
        column.addLayout(buttons)

    def accept(self) -> None:
        """Take the answer and close."""
        self.wanted.emit(self.earlier.since_ms)
        super().accept()
