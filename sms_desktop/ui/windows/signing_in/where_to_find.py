"""“Where do I find these?”: a picture of Kandy's portal with numbers in it, and what they mean."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from sms_desktop.domain.account import AccountKind
from sms_desktop.ui.theme.drawings import Drawing
from sms_desktop.ui.theme.theme import Theme

_DRAWINGS: Final = {AccountKind.PROJECT: "portal-project", AccountKind.USER: "portal-user"}
_SPOKEN: Final = {
    AccountKind.PROJECT: "Sketch of Kandy's portal: a project with its private key and secret",
    AccountKind.USER: "Sketch of Kandy's portal: the account with its client ID and e-mail",
}
_WORDS: Final = {
    AccountKind.PROJECT: (
        "In Kandy's developer portal open <b>Projects</b>, then your project and its information.<br>"
        "<b>1</b> &nbsp;<b>Private project key</b>: copy it into the first field.<br>"
        "<b>2</b> &nbsp;<b>Private project secret</b>: shown when the project was made; the portal "
        "can make a new one, and the old one stops working then.<br>"
        "The public key and secret of the project do not work here."
    ),
    AccountKind.USER: (
        "In Kandy's developer portal open <b>Account</b>.<br>"
        "<b>1</b> &nbsp;<b>Account client ID</b>: copy it into the first field.<br>"
        "<b>2</b> &nbsp;<b>E-mail</b>: the one that you sign in to the portal with; the password "
        "is the portal's, too."
    ),
}


class WhereToFind(QFrame):
    """Hidden until it is asked for."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("whereToFind")
        self.drawing = Drawing(theme, _DRAWINGS[AccountKind.PROJECT], self)
        self.words = QLabel(self)
        self.words.setProperty("role", "small")
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 6)
        column.setSpacing(8)
        column.addWidget(self.drawing)
        column.addWidget(self.words)
        self.show_kind(AccountKind.PROJECT)
        self.hide()

    def show_kind(self, kind: AccountKind) -> None:
        """Explain this way to sign in."""
        self.drawing.show_drawing(_DRAWINGS[kind])
        self.drawing.setAccessibleName(_SPOKEN[kind])
        self.words.setText(_WORDS[kind])
