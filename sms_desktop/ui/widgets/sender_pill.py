"""The own number that a conversation sends from, and the choice of another one."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import DEFAULT_SENDER
from sms_desktop.domain.ids import AccountId
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import dot_icon


def kandys_default(account_id: AccountId) -> OwnNumber:
    """The sender that leaves the choice to Kandy, as one of the own numbers."""
    name = "Kandy’s default (default)"
    return OwnNumber(account_id, DEFAULT_SENDER, name, "#8a8f98", -1, True, False)


def number_label(number: OwnNumber) -> str:
    """``Support · +1 613 999 8877``, or the number alone while it has no name."""
    if number.number == DEFAULT_SENDER:
        return number.name
    shown = shown_number(number.number)
    return f"{number.name} · {shown}" if number.name else shown


class SenderPill(QPushButton):
    """``from Support · +1 613 999 8877 ▾``; a conversation belongs to one own number, so choosing
    another one asks for the conversation of that number with the same person."""

    sender_chosen = Signal(OwnNumber)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "pill")
        self.setObjectName("senderPill")
        self._theme = theme
        self._present: OwnNumber | None = None
        self._choices: tuple[OwnNumber, ...] = ()
        self._is_short = False
        self._is_tiny = False
        self.clicked.connect(self.open_menu)
        theme.changed.connect(self._show)

    def show_numbers(self, present: OwnNumber, numbers: Sequence[OwnNumber]) -> None:
        """The number in use, and those that can be chosen: the ones that receive answers."""
        self._present = present
        self._choices = tuple(n for n in numbers if n.receive or n.number == present.number)
        self._show()

    def set_short(self, short: bool) -> None:
        """Only the name, for narrow windows."""
        if short != self._is_short:
            self._is_short = short
            self._show()

    def set_tiny(self, tiny: bool) -> None:
        """Only the dot, for windows where even the name does not fit; the tool tip has it."""
        if tiny != self._is_tiny:
            self._is_tiny = tiny
            self._show()

    def menu_of_numbers(self) -> QMenu:
        """The choices, the present one marked."""
        menu = QMenu(self)
        for number in self._choices:
            action = QAction(dot_icon(self._theme, number.colour), number_label(number), menu)
            action.setData(number)
            is_present = number == self._present
            font = action.font()
            font.setBold(is_present)
            action.setFont(font)
            action.setEnabled(not is_present)
            menu.addAction(action)
        menu.triggered.connect(lambda chosen: self.sender_chosen.emit(chosen.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open_menu(self) -> None:
        """Show the choices under the pill."""
        self.menu_of_numbers().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _show(self) -> None:
        if self._present is None:
            return
        full = number_label(self._present)
        short = self._present.name or shown_number(self._present.number)
        words = f"from {short if self._is_short else full} ▾"
        self.setText("▾" if self._is_tiny else words)
        self.setIcon(dot_icon(self._theme, self._present.colour, 8))
        several = len(self._choices) > 1
        self.setToolTip(f"Sent from {full}" + (". Click to use another number" if several else ""))
        self.setAccessibleName(f"Sending from {full}")
