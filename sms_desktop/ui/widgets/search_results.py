"""What a search found, in place of the thread list, with a word where it found nothing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListView, QVBoxLayout, QWidget

from sms_desktop.domain.search import SearchQuery
from sms_desktop.ui.delegates.result_delegate import ResultDelegate
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.search_results import Result, ResultsModel
from sms_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from sms_desktop.ui.photos import Photos


class SearchResults(QFrame):
    """``chosen`` carries the ``Result``. The focus stays in the field while one types."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, moments: Moments, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self._theme = theme
        self.model = ResultsModel(moments, self)
        self.list = QListView(self)
        self.list.setObjectName("results")
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._delegate = ResultDelegate(theme, moments, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.setModel(self.model)
        self.note = QLabel(self)
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        self.note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        theme.changed.connect(self._measure)
        self._measure()

    def use_photos(self, photos: "Photos") -> None:
        """Paint photos in place of initials from now on."""
        self._delegate.use_photos(photos)
        photos.changed.connect(self.list.viewport().update)

    def say(self, query: SearchQuery, indexed: float) -> None:
        """Why there is nothing, what was not understood, what is not looked through yet."""
        words = [
            self.tr("“{filter}” is no date, and was left out.").format(filter=one)
            for one in query.misread
        ]
        if self.model.rowCount() == 0:
            words.insert(0, self._nothing(query))
        if indexed < 1:
            part = self.tr("Older messages are still being read for search: {percent} % so far.")
            words.append(part.format(percent=int(indexed * 100)))
        self.note.setText("\n".join(words))
        self.note.setVisible(bool(words))

    def current(self) -> Result | None:
        """The marked row."""
        index = self.list.currentIndex()
        return self.model.result(index.row()) if index.isValid() else None

    def mark(self, row: int | None) -> None:
        """Mark a row; without one, none."""
        index = QModelIndex() if row is None else self.model.index(row)
        choose = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.list.selectionModel().setCurrentIndex(index, choose)
        if row is not None:
            self.list.scrollTo(index)

    def step(self, by: int) -> None:
        """Mark the next row in a direction that can be chosen."""
        index = self.list.currentIndex()
        there = self.model.step(index.row() if index.isValid() else -1, by)
        if there is not None:
            self.mark(there)

    def take(self) -> None:
        """Choose the marked row."""
        self._choose(self.list.currentIndex())

    def _nothing(self, query: SearchQuery) -> str:
        filters = " ".join(query.shown_filters)
        if query.shown_words and filters:
            return self.tr("Nothing found for “{words}”; filters: {filters}.").format(
                words=query.shown_words, filters=filters
            )
        if filters:
            return self.tr("Nothing found; filters: {filters}.").format(filters=filters)
        return self.tr("Nothing found for “{words}”.").format(words=query.shown_words)

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.chosen.emit(self.model.result(index.row()))

    def _measure(self) -> None:
        self._delegate.forget()
        px = self._theme.px
        self.note.setContentsMargins(px(18), px(14), px(18), px(8))
        self.list.scheduleDelayedItemsLayout()
