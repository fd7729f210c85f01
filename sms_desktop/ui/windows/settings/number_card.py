"""One own number in the settings: what it is called, whether it receives, and what to do if not."""

from html import escape
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sms_desktop.domain.account import OwnNumber
from sms_desktop.sync.events import NumberState
from sms_desktop.ui.models.moments import Moments
from sms_desktop.ui.models.numbers import shown_number
from sms_desktop.ui.theme.stylesheet import restyle
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.dot import Dot
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.windows.settings.movable_card import MovableCard
from sms_desktop.ui.windows.settings.number_words import NumberWords, number_words

_NARROW_BELOW: Final = 480


class NumberCard(MovableCard):
    """Shows a `NumberState` and never more than it says."""

    edit_wanted = Signal(OwnNumber)
    subscribe_wanted = Signal(OwnNumber)
    default_wanted = Signal(OwnNumber, bool)

    def __init__(
        self, theme: Theme, state: NumberState, moments: Moments, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._moments = moments
        self._state = state
        self._is_narrow = False
        self._bar = QFrame(self)
        self._bar.setFixedSize(theme.px(12), theme.px(42))
        self._bar.setCursor(Qt.CursorShape.OpenHandCursor)
        self._bar.setToolTip("Drag, or press Alt+↑ or Alt+↓, to change the order")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 13, 16, 13)
        row.setSpacing(14)
        row.addWidget(self._bar)
        # Where there is little room, the standing has its place beneath the name.
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._middle.setSpacing(theme.px(8))
        self._middle.addLayout(self._names(), 11)
        self._middle.addLayout(self._standing(), 12)
        row.addLayout(self._middle, 1)
        row.addLayout(self._buttons())
        self.show_state(state)

    @property
    def state(self) -> NumberState:
        """What is shown."""
        return self._state

    def show_state(
        self, state: NumberState, last_inbound_ms: int = 0, place: int = 0, count: int = 0
    ) -> None:
        """Show this from now on; ``place`` counts from 1, and 0 where it is of no interest."""
        self._state = state
        number = state.number
        radius = self._theme.px(6)
        self._bar.setStyleSheet(f"background: {number.colour}; border-radius: {radius}px;")
        shown = shown_number(number.number)
        self.name_label.set_full_text(number.name or shown)
        self.number_label.setText(shown if number.name else "No name yet")
        self.kandy_tag.setVisible(number.is_kandy_default)
        self.own_tag.setVisible(number.is_default_sender)
        self._place_tags()
        words = number_words(state, self._moments, last_inbound_ms)
        self._show_words(words)
        self.subscribe_button.setVisible(words.is_broken)
        spoken = number_sentence(state)
        self.edit_button.setAccessibleName(f"Edit {spoken}")
        self.subscribe_button.setAccessibleName(f"Subscribe {spoken} again")
        tags = [t.text() for t in (self.kandy_tag, self.own_tag) if not t.isHidden()]
        where = f"{place} of {count}" if place else ""
        self.setAccessibleName(", ".join(p for p in (spoken, *tags, words.spoken(), where) if p))

    def said(self) -> str:
        """How the number stands, as it is written on the card."""
        return number_words(self._state, self._moments, 0).spoken()

    def menu(self) -> QMenu:
        """What else can be done with the number."""
        number = self._state.number
        menu = QMenu(self)
        menu.addAction("Edit…", lambda: self.edit_wanted.emit(number))
        is_default = number.is_default_sender
        menu.addAction(
            "Not my default sender any more" if is_default else "Make it my default sender",
            lambda: self.default_wanted.emit(number, not is_default),
        )
        menu.addSeparator()
        menu.addAction("Move up\tAlt+↑", lambda: self.step_wanted.emit(-1))
        menu.addAction("Move down\tAlt+↓", lambda: self.step_wanted.emit(1))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _names(self) -> QVBoxLayout:
        self.name_label = ElidedLabel(self)
        self.name_label.setFont(self._theme.font(10.5, 600))
        self.kandy_tag = self._tag(
            "Kandy default", "Kandy sends from this number when no other is named"
        )
        self.own_tag = self._tag("my default sender", "New messages begin with this number")
        self._beside = QHBoxLayout()
        self._beneath = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for tags in (self._beside, self._beneath):
            tags.setSpacing(6)
            tags.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.name_label)
        first.addLayout(self._beside, 1)
        self.number_label = QLabel(self)
        self.number_label.setProperty("role", "muted")
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addLayout(first)
        column.addWidget(self.number_label)
        column.addLayout(self._beneath)
        column.addStretch(1)
        return column

    def _place_tags(self) -> None:
        """Beside the name while one of them fits there, else beneath the number."""
        number = self._state.number
        both = number.is_kandy_default and number.is_default_sender
        row = self._beneath if both or self._is_narrow else self._beside
        for place, tag in enumerate((self.kandy_tag, self.own_tag)):
            for other in (self._beside, self._beneath):
                other.removeWidget(tag)
            row.insertWidget(place, tag, 0, Qt.AlignmentFlag.AlignLeft)
        ways = QBoxLayout.Direction
        self._beneath.setDirection(ways.TopToBottom if self._is_narrow else ways.LeftToRight)

    def _tag(self, words: str, tip: str) -> QLabel:
        tag = QLabel(words, self)
        tag.setProperty("role", "soft")
        tag.setToolTip(tip)
        return tag

    def _standing(self) -> QVBoxLayout:
        self._dot = Dot(self._theme, "text_disabled", 10, self)
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.detail = QLabel(self)
        self.detail.setProperty("role", "small")
        for label in (self.words, self.detail):
            label.setWordWrap(True)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, self._theme.px(4), 0, 0)
        beside.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addLayout(beside)
        first.addWidget(self.words, 1)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addStretch(1)
        column.addLayout(first)
        beneath = QHBoxLayout()
        beneath.setContentsMargins(self._theme.px(10) + first.spacing(), 0, 0, 0)
        beneath.addWidget(self.detail)
        column.addLayout(beneath)
        column.addStretch(1)
        return column

    def _show_words(self, words: NumberWords) -> None:
        self._dot.set_colour(words.dot)
        restyle(self.words, role=words.role)
        size = self._theme.font(9).pointSizeF()
        muted = self._theme.colour("text_muted").name()
        small = "".join(f" · {escape(part)}" for part in words.small)
        self.words.setText(
            f"{escape(words.first)}<span style='font-size:{size:.2f}pt; color:{muted}'>{small}</span>"
        )
        self.detail.setText(words.reason)
        self.detail.setVisible(bool(words.reason))

    def _buttons(self) -> QVBoxLayout:
        self.subscribe_button = QPushButton("Subscribe again", self)
        self.subscribe_button.setProperty("kind", "primary")
        self.subscribe_button.clicked.connect(
            lambda: self.subscribe_wanted.emit(self._state.number)
        )
        self.edit_button = QPushButton("Edit…", self)
        self.edit_button.clicked.connect(lambda: self.edit_wanted.emit(self._state.number))
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addStretch(1)
        column.addWidget(self.subscribe_button)
        column.addWidget(self.edit_button, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        return column

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change between the wide and the narrow arrangement."""
        super().resizeEvent(event)
        is_narrow = self.width() < self._theme.px(_NARROW_BELOW)
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            ways = QBoxLayout.Direction
            self._middle.setDirection(ways.TopToBottom if is_narrow else ways.LeftToRight)
            self._place_tags()

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Edit it."""
        self.edit_wanted.emit(self._state.number)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What else can be done, for the mouse and for the menu key."""
        self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit(self._state.number)
        else:
            super().keyPressEvent(event)


def number_sentence(state: NumberState) -> str:
    """The number as a screen reader shall say it."""
    number = state.number
    return " ".join(p for p in (number.name, shown_number(number.number)) if p)
