"""Where people can come from and go to: a file, Kandy's address book, a vCard file for others."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from sms_desktop.domain.account import Account
from sms_desktop.domain.contact_card import Book, Imported
from sms_desktop.domain.errors import SmsDesktopError
from sms_desktop.ui.facts import Facts
from sms_desktop.ui.models.contact_words import people, result_sentence
from sms_desktop.ui.ports.contact_commands import ContactCommands
from sms_desktop.ui.surroundings import Spawn
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.windows.contacts.import_sheet import ImportSheet

_SUFFIX = ".vcf"


class Importing(QObject):
    """``finished`` carries the sentence about an import that can be undone; ``said`` any other."""

    finished = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        contacts: ContactCommands,
        facts: Facts,
        theme: Theme,
        spawn: Spawn,
        regions: Callable[[], Sequence[str]],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._contacts = contacts
        self._facts = facts
        self._theme = theme
        self._spawn = spawn
        self._regions = regions
        self._window = window
        self.sheet: ImportSheet | None = None

    def offer(self, menu: QMenu) -> None:
        """Everything that can be done, as entries of a menu."""
        menu.addAction(self.tr("Import from a file…"), self.choose_file)
        accounts = self._facts.accounts
        for account in accounts:
            words = self.tr("Import from Kandy…")
            if len(accounts) > 1:
                name = account.email or account.kandy_client_id
                words = self.tr("Import from Kandy ({account})…").format(account=name)
            menu.addAction(words, partial(self.import_from_kandy, account))
        export = menu.addAction(self.tr("Export to a vCard file…"), self.choose_target)
        export.setEnabled(bool(self._contacts.ids()))

    def choose_file(self) -> None:
        """Ask which file to import."""
        dialog = QFileDialog(self._window, self.tr("Import contacts"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                self.tr("Contacts") + " (*.vcf *.vcard *.csv *.tsv *.txt)",
                self.tr("All files") + " (*)",
            ]
        )
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.import_file(Path(name)))
        dialog.open()

    def choose_target(self) -> None:
        """Ask where to write everybody."""
        dialog = QFileDialog(self._window, self.tr("Export contacts"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("vCard file") + f" (*{_SUFFIX})"])
        dialog.setDefaultSuffix(_SUFFIX.lstrip("."))
        dialog.selectFile(self.tr("contacts") + _SUFFIX)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.export(Path(name)))
        dialog.open()

    def import_file(self, path: Path) -> ImportSheet:
        """Show what is in a file."""
        return self._open(lambda: self._contacts.open_file(path), path.name)

    def import_from_kandy(self, account: Account) -> ImportSheet:
        """Show who is in an account's address book at Kandy."""
        title = self.tr("Address book at Kandy")
        return self._open(lambda: self._contacts.open_kandys(account.account_id), title)

    def export(self, path: Path) -> None:
        """Write everybody to a file."""
        self._spawn(self._export(path), "export contacts")

    async def _export(self, path: Path) -> None:
        try:
            count = await self._contacts.write_file(path)
        except SmsDesktopError as error:
            self.said.emit(error.text())
            return
        words = self.tr("{people} written to {file}.")
        self.said.emit(words.format(people=people(count), file=path.name))

    def _open(self, opening: Callable[[], Awaitable[Book]], title: str) -> ImportSheet:
        self.sheet = sheet = ImportSheet(
            self._contacts, self._theme, self._spawn, self._regions(), opening, title, self._window
        )
        sheet.imported.connect(self._on_imported)
        sheet.open()
        return sheet

    def _on_imported(self, done: Imported) -> None:
        if done.change_id is None:
            self.said.emit(result_sentence(done))
        else:
            self.finished.emit(result_sentence(done))
