"""The chips above the thread list: All, Unread."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from sms_desktop.ui.models.sentences import unread_words
from sms_desktop.ui.theme.theme import Theme


class FilterChips(QWidget):
    """``unread_only_chosen`` carries whether only unread conversations are wanted."""

    unread_only_chosen = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._all = self._chip(self.tr("All"))
        self._unread = self._chip(self.tr("Unread"))
        self._all.setAccessibleName(self.tr("All conversations"))
        self._all.setChecked(True)
        group = QButtonGroup(self)
        group.setExclusive(True)
        self._row = QHBoxLayout(self)
        for chip in (self._all, self._unread):
            group.addButton(chip)
            self._row.addWidget(chip)
        self._row.addStretch(1)
        self._unread.toggled.connect(self.unread_only_chosen)
        theme.changed.connect(self._measure)
        self._measure()
        self.show_unread(0)

    def show_unread(self, count: int) -> None:
        """How many messages are unread where the list looks."""
        text = self.tr("Unread {n}").format(n=count) if count else self.tr("Unread")
        self._unread.setText(text)
        self._unread.setAccessibleName(
            self.tr("Only unread conversations") + ", " + unread_words(count)
        )

    def choose(self, *, unread_only: bool) -> None:
        """Press a chip by program."""
        (self._unread if unread_only else self._all).setChecked(True)

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops: the chip that is pressed, and the arrow keys go on from there."""
        return [self._all, self._unread]

    def _chip(self, text: str) -> QPushButton:
        chip = QPushButton(text, self)
        chip.setCheckable(True)
        chip.setAutoExclusive(True)
        chip.setProperty("kind", "chip")
        return chip

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(12), 0, px(12), px(8))
        self._row.setSpacing(px(7))
