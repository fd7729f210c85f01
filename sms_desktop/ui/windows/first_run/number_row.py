"""One number in the first run: what it shall be called, its colour, whether it receives here."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.address import Address
from sms_desktop.domain.setting_up import NumberChoice
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import dot_icon
from sms_desktop.ui.windows.settings.number_sheet import COLOURS

_NARROW_BELOW: Final = 480
_NAMES: Final = {colour: name for name, colour in COLOURS}


class ColourButton(QPushButton):
    """A spot of colour that opens the others to choose from."""

    def __init__(self, theme: Theme, colour: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "icon")
        self.setAutoDefault(False)
        self._theme = theme
        self.colour = colour
        self.clicked.connect(self.open_menu)
        theme.changed.connect(self._show)
        self._show()

    def menu_of_colours(self) -> QMenu:
        """The choices."""
        menu = QMenu(self)
        for name, colour in COLOURS:
            action = QAction(dot_icon(self._theme, colour, 12), name, menu)
            action.setData(colour)
            menu.addAction(action)
            if colour == self.colour:
                menu.setActiveAction(action)
        menu.triggered.connect(lambda chosen: self.choose(str(chosen.data())))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def open_menu(self) -> None:
        """Show the choices under the button."""
        self.menu_of_colours().popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def choose(self, colour: str) -> None:
        """Take this one."""
        self.colour = colour
        self._show()

    def _show(self) -> None:
        self.setIcon(dot_icon(self._theme, self.colour, 16))
        self.setIconSize(QSize(16, 16))
        self.setAccessibleName(f"Colour: {_NAMES.get(self.colour, self.colour)}")
        self.setToolTip("Colour of this number")


class NumberRow(QFrame):
    """``submitted``: Enter in the name; ``removed``: a number typed by hand shall go again;
    ``mended``: Kandy refused it, and the person has decided about it.
    """

    submitted = Signal()
    removed = Signal(str)
    mended = Signal()

    def __init__(
        self, theme: Theme, choice: NumberChoice, source: str, by_hand: bool, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.number: Address = choice.number
        self.by_hand = by_hand
        self._is_narrow: bool | None = None
        self._theme = theme
        shown = shown_number(choice.number)
        self.setAccessibleName(f"{shown}, {source}")
        self.colour_button = ColourButton(theme, choice.colour, self)
        self.name_field = QLineEdit(choice.name, self)
        self.name_field.setPlaceholderText("Name: Support, On-call, …")
        self.name_field.setAccessibleName(f"Name of {shown}")
        self.name_field.setMaxLength(40)
        self.name_field.returnPressed.connect(self.submitted)
        self.number_label = QLabel(shown, self)
        self.number_label.setFont(theme.font(10.5, 600))
        self.source_label = QLabel(source, self)
        self.source_label.setProperty("role", "small")
        self.source_label.setWordWrap(True)
        self.receive_box = QCheckBox("Receive here", self)
        self.receive_box.setAccessibleName(f"Receive messages to {shown} here")
        self.receive_box.setChecked(choice.receive)
        self.receive_box.toggled.connect(self._on_receive)
        self.remove_button = QPushButton(self)
        self.remove_button.setProperty("kind", "icon")
        self.remove_button.setAutoDefault(False)
        self.remove_button.setAccessibleName(f"Take {shown} off the list")
        self.remove_button.setToolTip("Take this number off the list")
        dress(self.remove_button, theme, "close", size=14)
        # Rows with and without it stand in line.
        policy = self.remove_button.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.remove_button.setSizePolicy(policy)
        self.remove_button.setVisible(by_hand)
        self.remove_button.clicked.connect(lambda: self.removed.emit(str(self.number)))
        self.complaint_label = QLabel(self)
        self.complaint_label.setProperty("role", "danger")
        self.complaint_label.setWordWrap(True)
        self.complaint_label.hide()
        self._lay_out(parent.width())

    def choice(self) -> NumberChoice:
        """What is decided now."""
        name = " ".join(self.name_field.text().split())
        return NumberChoice(
            self.number, name, self.colour_button.colour, self.receive_box.isChecked()
        )

    @property
    def is_refused(self) -> bool:
        """Whether Kandy does not let it receive."""
        return bool(self.complaint_label.text())

    def complain(self, sentence: str) -> None:
        """Say why it cannot receive; nothing takes it back."""
        self.complaint_label.setText(sentence)
        self.complaint_label.setFont(self._theme.font(9))
        self.complaint_label.setVisible(bool(sentence))
        self.receive_box.setAccessibleDescription(sentence)

    def _on_receive(self) -> None:
        was_refused = self.is_refused
        self.complain("")
        if was_refused:
            self.mended.emit()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be changed meanwhile."""
        self.name_field.setReadOnly(busy)
        for part in (self.colour_button, self.receive_box, self.remove_button):
            part.setEnabled(not busy)

    def order(self) -> list[QWidget]:
        """What Tab visits, in this order."""
        return [self.colour_button, self.name_field, self.receive_box, self.remove_button]

    def _lay_out(self, room: int) -> None:
        numbers = QVBoxLayout()
        numbers.setSpacing(1)
        numbers.addWidget(self.number_label)
        numbers.addWidget(self.source_label)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.receive_box)
        row.addWidget(self.remove_button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(12, 11, 12, 11)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(6)
        self._grid.addWidget(self.colour_button, 0, 0)
        self._grid.addLayout(numbers, 0, 1)
        self._grid.addLayout(row, 0, 3)
        self._grid.addWidget(self.complaint_label, 2, 1, 1, 3)
        self._grid.setColumnStretch(1, 4)
        self._grid.setColumnStretch(2, 5)
        # As the list is now: laid out twice, a row would be seen squeezed in between.
        self._arrange(narrow=room < self._theme.px(_NARROW_BELOW))

    def _arrange(self, *, narrow: bool) -> None:
        """Where there is little room, the name has a line of its own."""
        if narrow is self._is_narrow:
            return
        self._is_narrow = narrow
        self._grid.removeWidget(self.name_field)
        place = (1, 1, 1, 3) if narrow else (0, 2, 1, 1)
        self._grid.addWidget(self.name_field, *place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the wide and the narrow arrangement."""
        super().resizeEvent(event)
        self._arrange(narrow=self.width() < self._theme.px(_NARROW_BELOW))
