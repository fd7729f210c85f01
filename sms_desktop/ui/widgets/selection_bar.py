"""How many conversations are picked, and what is done most with several at once."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.elided import ElidedLabel

_BUTTONS = (
    ("archive", "archive"),
    ("mark_read", "check"),
    ("mute", "bell-off"),
    ("delete_here", "trash"),
)


class PickedBar(QFrame):
    """Stands in place of the chips; ``asked`` carries the name of an action, ``more_asked`` none."""

    asked = Signal(str)
    more_asked = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("pickedBar")
        self.label = ElidedLabel(self, "heading")
        self.buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.label, 1)
        for name, drawing in _BUTTONS:
            self.buttons[name] = self._button(drawing, partial(self.asked.emit, name))
        self.more_button = self._button("menu", self.more_asked.emit)
        self.close_button = self._button("close", self.closed.emit)
        self._name(self.more_button, self.tr("More"), "")
        self._name(self.close_button, self.tr("Stop choosing"), "Esc")
        theme.changed.connect(self._measure)
        self._measure()
        self.hide()

    def show_count(self, count: int) -> None:
        """So many are picked; none hides the bar."""
        words = QCoreApplication.translate("PickedBar", "{n} selected").format(n=count)
        self.label.set_full_text(words)
        self.setAccessibleName(words)
        self.setVisible(count > 0)
        if count:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def name_button(self, name: str, words: str, keys: str) -> None:
        """What a button does to the picked ones, and its shortcut."""
        if name in self.buttons:
            self._name(self.buttons[name], words, keys)

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [*self.buttons.values(), self.more_button, self.close_button]

    def _name(self, button: QPushButton, words: str, keys: str) -> None:
        button.setAccessibleName(words)
        button.setToolTip(f"{words} ({keys})" if keys else words)

    def _button(self, drawing: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        dress(button, self._theme, drawing, "text", 18)
        button.clicked.connect(lambda _checked=False: do())
        self._row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return button

    def _measure(self) -> None:
        px = self._theme.px
        self._row.setContentsMargins(px(18), 0, px(10), px(8))
        self._row.setSpacing(px(1))
        for button in self.tab_stops():
            button.setFixedSize(px(32), px(26))
