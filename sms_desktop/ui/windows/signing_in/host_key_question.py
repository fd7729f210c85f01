"""“Is this really your server?”: asked once for each SSH server, inside the form."""

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.tunnels import NewHostKey


class HostKeyQuestion(QFrame):
    """Hidden until it is asked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._answer: asyncio.Future[bool] | None = None
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.accept_button = QPushButton("It is the same: go on", self)
        self.refuse_button = QPushButton("Stop", self)
        self.accept_button.clicked.connect(lambda: self._settle(True))
        self.refuse_button.clicked.connect(lambda: self._settle(False))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.accept_button)
        buttons.addWidget(self.refuse_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addLayout(buttons)
        self.hide()

    async def ask(self, new: NewHostKey) -> bool:
        """Whether the person accepts the key."""
        words = (
            f"{new.where} is new to this program. Its {new.kind} key has the fingerprint\n"
            f"{new.fingerprint}\nIs it the one that your server or its provider shows?"
        )
        self.words.setText(words)
        self.setAccessibleName(words)
        self._answer = asyncio.get_running_loop().create_future()
        self.show()
        # The cautious answer is the one that Enter gives.
        self.refuse_button.setFocus()
        try:
            return await self._answer
        finally:
            self._answer = None
            self.hide()

    def _settle(self, answer: bool) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(answer)
