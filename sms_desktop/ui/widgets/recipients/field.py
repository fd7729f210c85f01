"""Chips and a place to type in one frame, which grows by lines and then scrolls."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.recipients.chip import RecipientChip
from sms_desktop.ui.widgets.recipients.edit import RecipientEdit

_MOST_LINES: Final = 3
_EDIT_WIDTH: Final = 150


class _Inside(QWidget):
    """What the chips lie on; a press beside them means to type."""

    pressed = Signal()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Between the chips."""
        self.pressed.emit()


class RecipientsField(QScrollArea):
    """Shows recipients and tells what was typed; what a recipient is, others decide."""

    changed = Signal()
    """A chip came or went."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chips: list[RecipientChip] = []
        self.setProperty("role", "field")
        self.setObjectName("recipients")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = _Inside(self)
        self._inside.setObjectName("recipientsInside")
        self._inside.setCursor(Qt.CursorShape.IBeamCursor)
        self.setWidget(self._inside)
        self.edit = RecipientEdit(self._inside)
        self.edit.setObjectName("recipientEdit")
        self.edit.setAccessibleName("To")
        self.edit.focused.connect(self._show_typing)
        self._inside.pressed.connect(self.edit.setFocus)
        self.edit.left_backwards.connect(lambda: self._go_to(len(self.chips) - 1))
        self.setFocusProxy(self.edit)
        theme.changed.connect(self._arrange)
        self._say_hint()

    @property
    def addresses(self) -> list[Address]:
        """The recipients, in their order."""
        return [chip.address for chip in self.chips]

    def add(self, address: Address, name: str, note: str = "") -> None:
        """One more recipient."""
        chip = RecipientChip(address, name, note, self._inside)
        chip.removed.connect(lambda: self._take_out(chip))
        chip.moved.connect(lambda by: self._go_to(self.chips.index(chip) + by))
        self.chips.append(chip)
        chip.show()
        self._tell()

    def show_invalid(self, *, invalid: bool) -> None:
        """Draw the frame in red, or not."""
        restyle(self, invalid="true" if invalid else "false")

    def clear(self) -> None:
        """No recipient any more."""
        for chip in self.chips:
            chip.deleteLater()
        self.chips.clear()
        self._tell()

    def _show_typing(self, is_typing: bool) -> None:
        restyle(self, typing="true" if is_typing else "false")

    def _take_out(self, chip: RecipientChip) -> None:
        at = self.chips.index(chip)
        self.chips.remove(chip)
        chip.hide()
        chip.deleteLater()
        self._tell()
        self._go_to(at if at < len(self.chips) else len(self.chips))

    def _go_to(self, at: int) -> None:
        if at < 0 and not self.chips:
            return
        there: QWidget = self.chips[max(0, at)] if at < len(self.chips) else self.edit
        there.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(there, 0, self._theme.px(4))

    def _tell(self) -> None:
        self._say_hint()
        self._arrange()
        self.changed.emit()

    def _say_hint(self) -> None:
        self.edit.setPlaceholderText("" if self.chips else "Name or number")

    def _arrange(self) -> None:
        """Left to right in lines; the place to type takes what is left of the last one."""
        px = self._theme.px
        gap, width = px(5), max(px(_EDIT_WIDTH), self.viewport().width())
        line = max(self.edit.sizeHint().height(), *self._heights(), px(26))
        x = y = 0
        for chip in self.chips:
            size = chip.sizeHint()
            wide = min(size.width(), width)
            if x and x + wide > width:
                x, y = 0, y + line + gap
            chip.setGeometry(x, y + (line - size.height()) // 2, wide, size.height())
            x += wide + gap
        if x + px(_EDIT_WIDTH) > width and x:
            x, y = 0, y + line + gap
        self.edit.setGeometry(x, y, width - x, line)
        self._inside.resize(width, y + line)
        chrome = max(0, self.height() - self.viewport().height())
        most = _MOST_LINES * line + (_MOST_LINES - 1) * gap
        self.setFixedHeight(min(y + line, most) + chrome)
        self.ensureWidgetVisible(self.edit, 0, 0)

    def _heights(self) -> Sequence[int]:
        return [chip.sizeHint().height() for chip in self.chips[:1]] or [0]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines to the new width."""
        super().resizeEvent(event)
        self._arrange()
