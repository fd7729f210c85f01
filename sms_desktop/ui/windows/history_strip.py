"""How far the import of earlier messages has come, with a way to have enough of it."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from sms_desktop.domain.ids import AccountId
from sms_desktop.sync import events
from sms_desktop.ui.bridge import Bridge
from sms_desktop.ui.ports import Commands
from sms_desktop.ui.surroundings import Spawn


class HistoryStrip(QWidget):
    """Hidden while nothing is imported."""

    def __init__(
        self, bridge: Bridge, commands: Commands, spawn: Spawn, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._commands = commands
        self._spawn = spawn
        self._account_id: AccountId | None = None
        self.label = QLabel(self)
        self.label.setProperty("role", "small")
        self.bar = QProgressBar(self)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(220)
        self.bar.setFixedHeight(6)
        self.stop_button = QPushButton(self.tr("Stop"), self)
        self.stop_button.setProperty("kind", "link")
        self.stop_button.setToolTip(self.tr("Keep what is here, and bring in no more"))
        self.stop_button.setAccessibleName(self.tr("Stop bringing in earlier messages"))
        self.stop_button.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 4, 10, 4)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        row.addStretch(1)
        row.addWidget(self.stop_button)
        self.hide()
        bridge.history_imported.connect(self.show_progress)

    def show_progress(self, event: events.HistoryImported) -> None:
        """Tell how far it is; the end of it hides the strip."""
        self._account_id = event.account_id
        count = QLocale().toString(event.messages)
        said = self.tr(
            "Bringing in earlier messages: {done} of {all} conversations, {count} messages"
        ).format(done=event.threads_done, all=event.threads, count=count)
        self.label.setText(said)
        self.setAccessibleName(said)
        self.bar.setRange(0, max(1, event.threads))
        self.bar.setValue(event.threads_done)
        self.stop_button.setEnabled(True)
        self.setVisible(not event.is_over)

    def _stop(self) -> None:
        if self._account_id is not None:
            # One request may be under way; the strip goes when it has ended.
            self.stop_button.setEnabled(False)
            self._spawn(self._stopped(self._account_id), "stop import")

    async def _stopped(self, account_id: AccountId) -> None:
        await self._commands.accounts.cancel_import(account_id)
