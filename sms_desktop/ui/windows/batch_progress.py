"""Leads from facts about one text to several people to its line, and from its links to commands."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from sms_desktop.domain.batch import BatchPart
from sms_desktop.sync import events
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.numbers import shown_name
from sms_desktop.ui.ports import BatchCommands, Reader
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.batch_line import BatchLine


class BatchProgress(QObject):
    """``wanted`` carries the conversation of a message that was chosen from the list."""

    wanted = Signal(int)
    numbers_asked = Signal()

    def __init__(
        self,
        reader: Reader,
        commands: BatchCommands,
        facts: Facts,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._reader = reader
        self.line = BatchLine(theme, self._name_of, parent)
        self.line.cancel_asked.connect(commands.cancel)
        self.line.retry_asked.connect(commands.retry)
        self.line.dismissed.connect(commands.dismiss)
        self.line.numbers_asked.connect(self.numbers_asked)
        self.line.part_chosen.connect(self.wanted)
        facts.bridge.batch_changed.connect(self._on_batch)

    def _on_batch(self, event: events.BatchChanged) -> None:
        self.line.show_batch(event.batch)

    def _name_of(self, part: BatchPart) -> str:
        return shown_name(self._reader.contact_name(part.remote), part.remote)
