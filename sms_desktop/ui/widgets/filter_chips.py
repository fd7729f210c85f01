"""The chips above the thread list: what it shows, one at a time."""

from collections.abc import Iterable
from enum import Enum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from sms_desktop.domain.thread_flags import Folder
from sms_desktop.ui.models.sentences import unread_words
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.flow_layout import FlowLayout


class ThreadView(Enum):
    """A chip: the folder that it shows, and what alone of it: unread, or with something scheduled."""

    ALL = (Folder.INBOX, False, False)
    UNREAD = (Folder.INBOX, True, False)
    SCHEDULED = (Folder.INBOX, False, True)
    SNOOZED = (Folder.SNOOZED, False, False)
    ARCHIVED = (Folder.ARCHIVED, False, False)
    BLOCKED = (Folder.BLOCKED, False, False)

    @property
    def folder(self) -> Folder:
        """Where it looks."""
        return self.value[0]

    @property
    def unread_only(self) -> bool:
        """Whether it shows only what is unread there."""
        return self.value[1]

    @property
    def scheduled_only(self) -> bool:
        """Whether it shows only where something waits for its time."""
        return self.value[2]


_WHERE_THERE_IS_SOME: Final = (ThreadView.SCHEDULED, ThreadView.SNOOZED, ThreadView.BLOCKED)
"""All of them at once would take a second line."""


class FilterChips(QWidget):
    """``view_chosen`` carries the ``ThreadView``; some chips are there only with something to show."""

    view_chosen = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        words = {
            ThreadView.ALL: (self.tr("All"), self.tr("All conversations")),
            ThreadView.UNREAD: (self.tr("Unread"), ""),
            ThreadView.SCHEDULED: (
                self.tr("Scheduled"),
                self.tr("Conversations with scheduled messages"),
            ),
            ThreadView.SNOOZED: (self.tr("Snoozed"), self.tr("Snoozed conversations")),
            ThreadView.ARCHIVED: (self.tr("Archived"), self.tr("Archived conversations")),
            ThreadView.BLOCKED: (self.tr("Blocked"), self.tr("Blocked conversations")),
        }
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = FlowLayout(self)
        self._chips: dict[ThreadView, QPushButton] = {}
        for view, (text, name) in words.items():
            self._chips[view] = self._chip(view, text, name)
        self._chips[ThreadView.ALL].setChecked(True)
        self._unread = self._chips[ThreadView.UNREAD]
        theme.changed.connect(self._measure)
        self._measure()
        self.show_unread(0)
        self.show_filled(())

    def show_unread(self, count: int) -> None:
        """How many messages are unread where the list looks."""
        text = self.tr("Unread {n}").format(n=count) if count else self.tr("Unread")
        self._unread.setText(text)
        self._unread.setAccessibleName(
            self.tr("Only unread conversations") + ", " + unread_words(count)
        )

    def show_filled(self, views: Iterable[ThreadView]) -> None:
        """These have something to show; a chip that is pressed stays."""
        filled = set(views)
        for view in _WHERE_THERE_IS_SOME:
            chip = self._chips[view]
            chip.setVisible(view in filled or chip.isChecked())

    def choose(self, view: ThreadView) -> None:
        """Press a chip by program."""
        self._chips[view].setChecked(True)

    def chip(self, view: ThreadView) -> QPushButton:
        """The chip of a view."""
        return self._chips[view]

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops: the chip that is pressed, and the arrow keys go on from there."""
        return list(self._chips.values())

    def _chip(self, view: ThreadView, text: str, name: str) -> QPushButton:
        chip = QPushButton(text, self)
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(name)
        chip.toggled.connect(lambda is_on: self.view_chosen.emit(view) if is_on else None)
        self._group.addButton(chip)
        self._row.addWidget(chip)
        return chip

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), 0, px(12), px(8))
        self._row.setSpacing(px(7))
