"""The people of the address book as rows: all their places at once, their lines where one looks."""

from collections import OrderedDict
from enum import IntEnum
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from sms_desktop.domain.contact import ContactRow
from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.models.contact_words import contact_sentence
from sms_desktop.ui.ports.contact_commands import ContactCommands

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_PAGE: Final = 64
_KEPT_PAGES: Final = 12


class ContactRole(IntEnum):
    """What a row can be asked for beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 31


class ContactListModel(QAbstractListModel):
    """Ten thousand people cost one list of numbers; a line is read when it comes into view."""

    def __init__(self, contacts: ContactCommands, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._contacts = contacts
        self._ids: list[ContactId] = []
        self._pages: OrderedDict[int, dict[ContactId, ContactRow]] = OrderedDict()
        self.typed = ""

    def look(self, typed: str | None = None) -> None:
        """Read anew, for other words where some are given."""
        self.typed = self.typed if typed is None else typed
        self.beginResetModel()
        self._ids = self._contacts.ids(self.typed)
        self._pages.clear()
        self.endResetModel()

    def contact_id(self, row: int) -> ContactId:
        """Who stands in a row."""
        return self._ids[row]

    def row_of(self, contact_id: ContactId) -> int | None:
        """Where somebody stands; ``None`` where not among these."""
        try:
            return self._ids.index(contact_id)
        except ValueError:
            return None

    def row(self, at: int) -> ContactRow | None:
        """The line; ``None`` for one who is gone since the list was read."""
        page = at // _PAGE
        if page not in self._pages:
            self._pages[page] = self._contacts.rows(self._ids[page * _PAGE : (page + 1) * _PAGE])
            if len(self._pages) > _KEPT_PAGES:
                self._pages.popitem(last=False)
        return self._pages[page].get(self._ids[at])

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Everybody that fits."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The line, the name, or a sentence for a screen reader."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        if role not in (
            ContactRole.ROW,
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self.row(index.row())
        if role == ContactRole.ROW or row is None:
            return row
        return row.name if role == Qt.ItemDataRole.DisplayRole else contact_sentence(row)
