"""The list of people; what is chosen stays chosen when the list is read anew."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from sms_desktop.domain.ids import ContactId
from sms_desktop.ui.delegates.contact_delegate import ContactDelegate
from sms_desktop.ui.models.contact_list import ContactListModel
from sms_desktop.ui.photos import Photos
from sms_desktop.ui.theme.theme import Theme


class ContactList(QListView):
    """``chosen_changed``: other people are chosen, perhaps none. ``deletion_asked``: Delete."""

    chosen_changed = Signal()
    deletion_asked = Signal()

    def __init__(
        self,
        model: ContactListModel,
        theme: Theme,
        photos: Photos,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._people = model
        self._theme = theme
        self.setAccessibleName(self.tr("Contacts"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setItemDelegate(ContactDelegate(theme, photos, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())
        photos.changed.connect(self.viewport().update)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def chosen(self) -> list[ContactId]:
        """Whoever is chosen, from above."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self._people.contact_id(row) for row in rows]

    def choose(self, those: list[ContactId]) -> None:
        """Choose these, as far as they are listed."""
        rows = [row for one in those if (row := self._people.row_of(one)) is not None]
        wanted = QItemSelection()
        for row in rows:
            wanted.select(self._people.index(row), self._people.index(row))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if rows:
            index = self._people.index(rows[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)
        else:
            self.chosen_changed.emit()

    def step(self, by: int) -> None:
        """Choose the neighbour, from the field above."""
        at = self.currentIndex().row() if self.chosen() else (-1 if by > 0 else 0)
        row = min(max(0, at + by), self._people.rowCount() - 1)
        if row >= 0:
            self.choose([self._people.contact_id(row)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks for a deletion."""
        if event.key() == Qt.Key.Key_Delete and self.chosen():
            self.deletion_asked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or a word where nobody fits."""
        super().paintEvent(event)
        if self._people.rowCount() == 0 and self._people.typed:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.colour("text_muted"))
            painter.setFont(self._theme.font(10))
            words = self.tr("Nobody fits")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, words)
            painter.end()
