"""Who is at the other end, which own number writes, and what can be done with the conversation."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from sms_desktop.domain.account import OwnNumber
from sms_desktop.domain.address import DEFAULT_SENDER, is_short_code
from sms_desktop.domain.conversation import ConversationRow
from sms_desktop.ui.models.numbers import shown_name, shown_number
from sms_desktop.ui.models.sentences import flag_words
from sms_desktop.ui.theme.icons import dress
from sms_desktop.ui.theme.theme import Theme
from sms_desktop.ui.widgets.avatar import Avatar
from sms_desktop.ui.widgets.elided import ElidedLabel
from sms_desktop.ui.widgets.sender_pill import SenderPill, kandys_default

_SHORT_PILL_BELOW_PX = 640
_LEAST_NAME_PX = 96
_NO_SEARCH_BELOW_PX = 400


class ConversationHeader(QFrame):
    """Avatar, name, number, sender pill and menu; the window fills the menu with its actions."""

    sender_chosen = Signal(OwnNumber)
    back_pressed = Signal()
    search_asked = Signal()
    date_asked = Signal()
    menu_opening = Signal(QMenu)
    """Whoever has more to offer adds it now."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setObjectName("conversationHeader")
        self._theme = theme
        self._actions: tuple[QAction, ...] = ()
        self.back_button = self._icon_button("back", "Back to the list")
        self.back_button.clicked.connect(self.back_pressed)
        self.back_button.hide()
        self.avatar = Avatar(theme, self)
        self.name_label = ElidedLabel(self, "heading")
        self.number_label = ElidedLabel(self, "muted")
        self.pill = SenderPill(theme, self)
        self.pill.sender_chosen.connect(self.sender_chosen)
        self.search_button = self._icon_button("search", self.tr("Search in this conversation"))
        self.search_button.clicked.connect(self.search_asked)
        self.date_button = self._icon_button("calendar", self.tr("Go to a day"))
        self.date_button.clicked.connect(self.date_asked)
        self.menu_button = self._icon_button("menu", "More")
        self.menu_button.clicked.connect(self.open_menu)
        self._lay_out()

    def set_menu(self, actions: Sequence[QAction]) -> None:
        """What the ⋮ button offers."""
        self._actions = tuple(actions)

    def show_conversation(self, row: ConversationRow, own: Sequence[OwnNumber]) -> None:
        """Introduce a conversation; ``own`` are all numbers of its account."""
        shown = shown_number(row.remote)
        kind = "short code" if is_short_code(row.remote) else ""
        self.name_label.set_full_text(shown_name(row.remote_name, row.remote))
        parts = (shown if row.remote_name else "", kind, *flag_words(row))
        under = " · ".join(part for part in parts if part)
        self.number_label.set_full_text(under)
        self.number_label.setVisible(bool(under))
        self.avatar.show_person(row.remote, row.remote_name)
        present = next((n for n in own if n.number == row.local), None)
        if row.local == DEFAULT_SENDER:
            present = kandys_default(row.account_id)
        self.pill.setVisible(present is not None)
        if present is not None:
            self.pill.show_numbers(present, own)
        self._fit()

    def set_search_shortcut(self, keys: str) -> None:
        """Name the shortcut in the tool tip."""
        self.search_button.setToolTip(f"{self.search_button.accessibleName()} ({keys})")

    def set_date_shortcut(self, keys: str) -> None:
        """Name the shortcut in the tool tip."""
        self.date_button.setToolTip(f"{self.date_button.accessibleName()} ({keys})")

    def tab_stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [
            self.back_button,
            self.pill,
            self.date_button,
            self.search_button,
            self.menu_button,
        ]

    def open_menu(self) -> None:
        """Show the actions under the button."""
        menu = QMenu(self)
        menu.addActions(list(self._actions))
        self.menu_opening.emit(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        size = menu.sizeHint()
        corner = QPoint(self.menu_button.width() - size.width(), self.menu_button.height() + 2)
        menu.popup(self.menu_button.mapToGlobal(corner))

    def _icon_button(self, drawing: str, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("kind", "icon")
        button.setAccessibleName(name)
        button.setToolTip(name)
        dress(button, self._theme, drawing)
        return button

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addStretch(1)
        names.addWidget(self.name_label)
        names.addWidget(self.number_label)
        names.addStretch(1)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addWidget(self.avatar)
        row.addLayout(names, 1)
        row.addWidget(self.pill)
        row.addWidget(self.date_button)
        row.addWidget(self.search_button)
        row.addWidget(self.menu_button)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may get."""
        return QSize(260, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the contents to the new size."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Whoever it is has the first right to the room: pill and avatar give way."""
        self.pill.set_short(self.width() < self._theme.px(_SHORT_PILL_BELOW_PX))
        self.pill.set_tiny(False)
        self.avatar.show()
        # Their shortcuts work in a narrow window too.
        for button in (self.date_button, self.search_button):
            button.setVisible(self.width() >= self._theme.px(_NO_SEARCH_BELOW_PX))
        self._row.setContentsMargins(16, 10, 12, 10)
        self._row.setSpacing(10)
        least = self._theme.px(_LEAST_NAME_PX)
        if self._room_for_name() < least:
            self.pill.set_tiny(True)
        if self._room_for_name() < least:
            self.avatar.hide()
            self._row.setContentsMargins(6, 10, 4, 10)
            self._row.setSpacing(4)

    def _room_for_name(self) -> int:
        margins = self._row.contentsMargins()
        beside = (self.avatar, *self.tab_stops())
        taken = sum(
            part.sizeHint().width() + self._row.spacing() for part in beside if not part.isHidden()
        )
        return self.width() - margins.left() - margins.right() - taken
