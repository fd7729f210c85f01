"""The people whom the typed letters may mean; the focus stays where one types."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from sms_desktop.domain.conversation import Correspondent
from sms_desktop.ui.models.number_labels import label_words
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme

_SHOWN_ROWS = 4


class PeopleList(QListWidget):
    """Name and number in a row; a click picks."""

    picked = Signal(Correspondent)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("role", "people")
        self.setAccessibleName("People")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(self._pick)

    def show_people(self, people: Sequence[Correspondent], *, first: bool) -> None:
        """These; ``first``: the uppermost is what Enter means."""
        self.clear()
        for one in people:
            parts = (one.name, label_words(one.label), shown_number(one.remote))
            item = QListWidgetItem(" · ".join(part for part in parts if part), self)
            item.setData(Qt.ItemDataRole.UserRole, one)
        if first and people:
            self.setCurrentRow(0)

    def step(self, by: int) -> None:
        """Go down or up; above the first is none."""
        at = min(self.currentRow() + by, self.count() - 1)
        if at < 0:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            self.setCurrentRow(at)

    def chosen(self) -> Correspondent | None:
        """The marked one, if any."""
        item = self.currentItem()
        one: Correspondent | None = item.data(Qt.ItemDataRole.UserRole) if item else None
        return one

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))

    def sizeHint(self) -> QSize:
        """A few rows; more scroll."""
        row = self._theme.px(34)
        return QSize(self._theme.px(300), _SHOWN_ROWS * row)

    def minimumSizeHint(self) -> QSize:
        """One row at least."""
        return QSize(self._theme.px(160), self._theme.px(40))
