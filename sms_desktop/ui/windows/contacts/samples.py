"""The first people of a book that may be imported, as they would be kept."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from sms_desktop.domain.contact import ContactDetails
from sms_desktop.ui.models.number_labels import label_words
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme


class Samples(QTableWidget):
    """Name, numbers, organisation; to look at only."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(0, 3, parent)
        self.setAccessibleName(self.tr("What will be imported"))
        titles = [self.tr("Name"), self.tr("Numbers"), self.tr("Organisation")]
        self.setHorizontalHeaderLabels(titles)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(28))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, theme.px(160))
        header.resizeSection(2, theme.px(120))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_people(self, samples: Sequence[ContactDetails]) -> None:
        """These."""
        self.setRowCount(len(samples))
        for row, one in enumerate(samples):
            cells = (one.shown_name, _numbers(one), one.organisation if one.name else "")
            for column, words in enumerate(cells):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.setItem(row, column, item)


def _numbers(details: ContactDetails) -> str:
    shown = (
        f"{shown_number(one.number)} ({label_words(one.label)})"
        if one.label
        else shown_number(one.number)
        for one in details.numbers
    )
    return ", ".join(shown)
