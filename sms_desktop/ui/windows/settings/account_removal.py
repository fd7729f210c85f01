"""The question before an account is removed; it says exactly what goes and what stays."""

from PySide6.QtCore import QLocale, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCheckBox, QMessageBox, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.windows.settings.account_card import called

_ALWAYS = (
    "Its secret is forgotten, its numbers stop receiving here, and the subscriptions that this "
    "computer made at Kandy end. Nothing else at Kandy is changed."
)


class RemovalQuestion(QMessageBox):
    """``confirmed`` carries whether the messages shall go too; show it with ``open()``."""

    confirmed = Signal(bool)

    def __init__(self, account: Account, messages: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._count = f"{QLocale.system().toString(messages)} message{'s' * (messages != 1)}"
        self.setIcon(QMessageBox.Icon.Warning)
        self.setWindowTitle("Remove account")
        self.setText(f"Remove {called(account)} from this computer?")
        self.delete_box = QCheckBox(f"Also delete its {self._count} from this computer", self)
        self.delete_box.toggled.connect(self._say)
        self.setCheckBox(self.delete_box)
        self.remove_button = self.addButton("Remove", QMessageBox.ButtonRole.DestructiveRole)
        restyle(self.remove_button, kind="danger")
        cancel = self.addButton(QMessageBox.StandardButton.Cancel)
        cancel.setIcon(QIcon())
        self.setDefaultButton(cancel)
        self.remove_button.clicked.connect(lambda: self.confirmed.emit(self.delete_box.isChecked()))
        self.finished.connect(self.deleteLater)
        self._say()

    def _say(self) -> None:
        if self.delete_box.isChecked():
            what = (
                f"Deleted from this computer for good: its {self._count}, its drafts, and what has not "
                "been sent yet."
            )
        else:
            what = f"Kept on this computer: its {self._count}."
        self.setInformativeText(f"{_ALWAYS}\n\n{what}")
        self.remove_button.setText(
            "Remove and delete messages" if self.delete_box.isChecked() else "Remove"
        )
