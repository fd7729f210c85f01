"""The sheet that imports an address book: what is in it, what its columns hold, how far it is."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.contact_card import Book, Forecast, Prepared
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.models.contact_words import forecast_sentence, people
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Running, Spawn
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.contacts.columns import ColumnChoices
from sms_desktop.ui.windows.contacts.samples import Samples
from sms_desktop.ui.windows.window_placement import bound


class ImportSheet(QDialog):
    """Reads, shows, and imports when told to. Closing it while it imports stops the import.

    ``imported`` carries the ``Imported``.
    """

    imported = Signal(object)

    def __init__(
        self,
        contacts: ContactCommands,
        theme: Theme,
        spawn: Spawn,
        regions: Sequence[str],
        opening: Callable[[], Awaitable[Book]],
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._theme = theme
        self._spawn = spawn
        self._regions = regions
        self._book: Book | None = None
        self._ready: Prepared | None = None
        self._is_unwanted = False
        self._is_importing = False
        self._running: Running | None = None
        self.columns: ColumnChoices | None = None
        self.setWindowTitle(self.tr("Import contacts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.heading = QLabel(title, self)
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setProperty("role", "title")
        self.sentence = QLabel(self.tr("Reading…"), self)
        self.sentence.setWordWrap(True)
        self.region_note = QLabel(self._region_words(), self)
        self.region_note.setProperty("role", "small")
        self.region_note.setWordWrap(True)
        self.region_note.hide()
        self.samples = Samples(theme, self)
        self.samples.hide()
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(self.tr("Progress"))
        self._lay_out()
        self._running = spawn(self._open(opening), "read contacts")

    async def _open(self, opening: Callable[[], Awaitable[Book]]) -> None:
        try:
            self._book = await opening()
        except SmsDesktopError as error:
            self._fail(error.text())
            return
        if self._book.table is not None:
            self.columns = ColumnChoices(self._theme, self._book.table, self)
            self.columns.fit(self._theme.px(200))
            self.columns.changed.connect(self._look_again)
            self._column.insertWidget(self._columns_at, self.columns)
        await self._look()

    def _look_again(self) -> None:
        if self._running is not None:
            self._running.cancel()
        self.import_button.setEnabled(False)
        self._running = self._spawn(self._look(), "look at contacts")

    async def _look(self) -> None:
        if self._book is None:
            return
        chosen = self.columns.columns() if self.columns is not None else None
        try:
            self._ready = await self._contacts.prepare(self._book, chosen, self._regions)
            found = await self._contacts.forecast(self._ready)
        except SmsDesktopError as error:
            self._fail(error.text())
            return
        self._show(found)

    def _show(self, found: Forecast) -> None:
        self.progress.hide()
        self.sentence.setText(forecast_sentence(found))
        self.region_note.show()
        self.samples.show_people(found.samples)
        self.samples.setVisible(bool(found.samples))
        coming = found.added + found.completed
        words = self.tr("Import {people}").format(people=people(coming))
        self.import_button.setText(words if coming else self.tr("Import"))
        self.import_button.setEnabled(coming > 0)
        if coming and self.columns is None:
            self.import_button.setFocus()

    def _start(self) -> None:
        if self._ready is None or self._is_importing:
            return
        self._is_importing = True
        self.import_button.hide()
        self.cancel_button.setText(self.tr("Stop"))
        for part in (self.columns, self.samples, self.region_note):
            if part is not None:
                part.hide()
        self.progress.setRange(0, max(1, len(self._ready.cards)))
        self.progress.show()
        self.cancel_button.setFocus()
        self._spawn(self._import(self._ready), "import contacts")

    async def _import(self, ready: Prepared) -> None:
        try:
            done = await self._contacts.take_in(ready, self._tell, lambda: self._is_unwanted)
        except SmsDesktopError as error:
            self._is_importing = False
            self._fail(error.text())
            return
        self._is_importing = False
        # Who opened this says what came of it, with Undo beside it.
        self.imported.emit(done)
        self.accept()

    def _tell(self, done: int, total: int) -> None:
        self.progress.setValue(done)
        words = self.tr("{done} of {total}").format(done=f"{done:,}", total=f"{total:,}")
        self.sentence.setText(words)

    def _fail(self, sentence: str) -> None:
        self.progress.hide()
        self.sentence.setText(sentence)
        restyle(self.sentence, role="danger")
        self.import_button.hide()
        self.cancel_button.setText(self.tr("Close"))

    def reject(self) -> None:
        """Stop; what is in by then is told, and can be undone."""
        if self._is_importing:
            self._is_unwanted = True
            self.sentence.setText(self.tr("Stopping…"))
            self.cancel_button.setEnabled(False)
            return
        if self._running is not None:
            self._running.cancel()
        super().reject()

    def _region_words(self) -> str:
        region = self._regions[0] if self._regions else ""
        territory = QLocale.codeToTerritory(region) if region else QLocale.Country.AnyTerritory
        if territory == QLocale.Country.AnyTerritory:
            return self.tr("Numbers without + are read as North American.")
        words = self.tr(
            "Numbers without + are read as in {country}. Settings › Appearance has others."
        )
        return words.format(country=QLocale.territoryToString(territory))

    def _lay_out(self) -> None:
        px = self._theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(22), px(18), px(22), px(18))
        self._column.setSpacing(px(8))
        self._column.addWidget(self.heading)
        self._column.addWidget(self.sentence)
        self._column.addWidget(self.progress)
        self._columns_at = self._column.count()
        self._column.addWidget(self.samples, 2)
        self._column.addWidget(self.region_note)
        self._column.addStretch(0)
        self.cancel_button = QPushButton(self.tr("Cancel"), self)
        self.cancel_button.setAutoDefault(False)
        self.cancel_button.clicked.connect(self.reject)
        self.import_button = QPushButton(self.tr("Import"), self)
        self.import_button.setProperty("kind", "primary")
        self.import_button.setDefault(True)
        self.import_button.setEnabled(False)
        self.import_button.clicked.connect(self._start)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.import_button)
        self._column.addLayout(row)
        self.resize(px(560), px(460))
        bound(self)
