"""The rail: everything, one square per own number, and settings."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from sms_desktop.domain.address import Address
from sms_desktop.domain.health import Health, Level, Receiving
from sms_desktop.domain.ids import AccountId
from sms_desktop.domain.scheduling import ScheduledMessage
from sms_desktop.sync.events import NumbersChanged, NumberState
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.models.sentences import unread_words
from sms_desktop.ui.ports import ConversationFilter, Reader
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.rail_button import RailButton
from sms_desktop.ui.widgets.scheduled_button import ScheduledButton
from sms_desktop.ui.widgets.tab_order import put_in_order

_DEAF = frozenset({Receiving.CANCELLED, Receiving.NOT_ASSIGNED, Receiving.FAILED})
_Key = tuple[AccountId, Address]


class Rail(QFrame):
    """``filter_chosen`` carries the ConversationFilter of the square that was chosen."""

    filter_chosen = Signal(object)
    settings_asked = Signal()
    scheduled_asked = Signal()
    contacts_asked = Signal()

    def __init__(self, reader: Reader, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self._theme = theme
        self._states: dict[_Key, NumberState] = {}
        self._squares: dict[_Key, RailButton] = {}
        self._chosen: _Key | None = None
        self._is_deaf = False
        self.setProperty("role", "rail")
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Numbers"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self.all_button = RailButton(theme, self.tr("All"), self)
        self.all_button.setChecked(True)
        self._group.addButton(self.all_button)
        self.all_button.clicked.connect(lambda: self._choose(None))
        self.contacts_button = self._foot_button(self.tr("Contacts"), "people")
        self.contacts_button.clicked.connect(self.contacts_asked)
        self.settings_button = self._foot_button(self.tr("Settings"), "gear")
        self.settings_button.clicked.connect(self.settings_asked)
        self.scheduled_button = ScheduledButton(theme, self)
        self.scheduled_button.clicked.connect(self.scheduled_asked)
        self._lay_out()
        theme.changed.connect(self._measure)
        self._measure()
        self.show_unread()

    def take_numbers(self, event: NumbersChanged) -> None:
        """Show every own number, in their order, and how it receives."""
        states = {(s.number.account_id, s.number.number): s for s in event.numbers}
        if list(states) != list(self._squares):
            self._rebuild(list(states))
        self._states = states
        self.show_unread()

    def show_health(self, health: Health) -> None:
        """Warn while nothing comes in at all."""
        if (is_deaf := health.level is Level.DEAF) is not self._is_deaf:
            self._is_deaf = is_deaf
            self.show_unread()

    def show_unread(self) -> None:
        """Count again; cheap enough for every change."""
        unread = self._reader.unread_by_number()
        total = self._reader.unread_in_inbox()
        self.all_button.show_state(unread=total, warns=self._is_deaf)
        told = [self.tr("All numbers"), *([self.tr("not receiving")] if self._is_deaf else [])]
        self.all_button.setToolTip(" · ".join(told))
        self.all_button.setAccessibleName(", ".join([*told, unread_words(total)]))
        for key, square in self._squares.items():
            if (state := self._states.get(key)) is not None:
                self._show_number(square, state, unread.get(key, 0))

    def choose(self, wanted: ConversationFilter) -> None:
        """Mark a square as chosen without telling anybody."""
        key = None
        if wanted.account_id is not None and wanted.local is not None:
            key = (wanted.account_id, wanted.local)
        square = self.all_button if key is None else self._squares.get(key, self.all_button)
        self._chosen = key
        square.setChecked(True)

    def go_to(self, wanted: ConversationFilter) -> None:
        """Choose a square, as a click would."""
        self.choose(wanted)
        self.filter_chosen.emit(wanted)

    def set_shortcuts(self, settings: str, contacts: str) -> None:
        """Name the shortcuts in the tool tips."""
        self.settings_button.setToolTip(self.tr("Settings ({keys})").format(keys=settings))
        self.contacts_button.setToolTip(self.tr("Contacts ({keys})").format(keys=contacts))

    def show_scheduled(self, found: Sequence[ScheduledMessage]) -> None:
        """What waits for its time."""
        self.scheduled_button.show_count(len(found), late=sum(bool(one.held) for one in found))
        self._fit()

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [
            self.all_button,
            *self._squares.values(),
            self.scheduled_button,
            self.contacts_button,
            self.settings_button,
        ]

    def _choose(self, key: _Key | None) -> None:
        self._chosen = key
        self.filter_chosen.emit(ConversationFilter(*key) if key else ConversationFilter())

    def _show_number(self, square: RailButton, state: NumberState, unread: int) -> None:
        number = state.number
        is_paused = state.receiving is Receiving.PAUSED or not number.receive
        # Nothing is known of it, and the whole account is deaf: then so is the number.
        is_cut_off = self._is_deaf and state.receiving is Receiving.UNKNOWN and bool(state.detail)
        is_deaf = not is_paused and (state.receiving in _DEAF or is_cut_off)
        square.show_state(
            colour=number.colour,
            unread=unread,
            dimmed=is_paused,
            warns=is_deaf,
            is_quiet=number.is_hidden,
        )
        told = [number.name or shown_number(number.number)]
        if number.name:
            told.append(shown_number(number.number))
        if is_paused:
            told.append(self.tr("paused"))
        if number.is_hidden:
            told.append(self.tr("hidden from the inbox"))
        if is_deaf:
            told.append(state.detail or self.tr("not receiving"))
        square.setToolTip(" · ".join(told))
        told.append(unread_words(unread))
        square.setAccessibleName(", ".join(told))

    def _rebuild(self, keys: list[_Key]) -> None:
        for square in self._squares.values():
            self._group.removeButton(square)
            self._column.removeWidget(square)
            square.deleteLater()
        self._squares = {}
        for key in keys:
            square = RailButton(self._theme, key[1][-2:], self)
            square.clicked.connect(lambda _checked=False, key=key: self._choose(key))
            self._group.addButton(square)
            self._column.insertWidget(self._column.count() - 1, square)
            self._squares[key] = square
        put_in_order(self.tab_stops())
        if self._chosen is not None and self._chosen not in self._squares:
            self.all_button.setChecked(True)
            self._choose(None)
        elif self._chosen is not None:
            self._squares[self._chosen].setChecked(True)

    def _foot_button(self, name: str, drawing: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        dress(button, self._theme, drawing, size=20)
        return button

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("railInside")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.all_button)
        self._column.addStretch(1)
        self._area = area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._outer = QVBoxLayout(self)
        self._outer.setSpacing(0)
        self._outer.addWidget(area, 1)
        self._outer.addStretch(0)
        self._outer.addWidget(self.scheduled_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._outer.addWidget(self.contacts_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._outer.addWidget(self.settings_button, 0, Qt.AlignmentFlag.AlignHCenter)
        put_in_order(self.tab_stops())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Squares that do not fit are scrolled to; none is cut in two by what stands below."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        margins = self._outer.contentsMargins()
        square = self.all_button.sizeHint().height()
        feet = [one for one in (self.scheduled_button, self.settings_button) if not one.isHidden()]
        room = self.height() - margins.top() - margins.bottom() - sum(one.height() for one in feet)
        # In the smallest window with the largest text, people are gone to by menu and shortcut.
        has_contacts = room - self.contacts_button.height() >= square
        self.contacts_button.setVisible(has_contacts)
        if has_contacts:
            room -= self.contacts_button.height()
        self._area.setMaximumHeight(max(1, room // square) * square)

    def _measure(self) -> None:
        px = self._theme.px
        self.setFixedWidth(px(68))
        self._outer.setContentsMargins(0, px(7), 0, px(16))
        for button in (self.scheduled_button, self.contacts_button, self.settings_button):
            button.setFixedSize(px(40), px(40))
        self._fit()
